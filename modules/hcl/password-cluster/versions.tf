terraform {
  # 1.9: validations of a variable that look at another one.
  required_version = ">= 1.9"

  required_providers {
    aws = {
      source = "hashicorp/aws"
      # 6.0: as the module iam-cluster, to which one goes on from here.
      version = ">= 6.0"
    }
  }
}
