terraform {
  # 1.9: validations of a variable that look at another one.
  required_version = ">= 1.9"

  required_providers {
    aws = {
      source = "hashicorp/aws"
      # 6.15: the first with `default_auth_scheme`.
      version = ">= 6.15"
    }
  }
}
