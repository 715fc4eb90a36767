terraform {
  # 1.9: validations of a variable that look at another one.
  required_version = ">= 1.9"

  required_providers {
    aws = {
      source = "hashicorp/aws"
      # 6.0: data.aws_region has `region`.
      version = ">= 6.0"
    }
  }
}
