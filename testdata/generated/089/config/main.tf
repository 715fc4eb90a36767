terraform {
  required_version = ">= 1.5"

  required_providers {
    aws = {
      source = "hashicorp/aws"
      version = "~> 6.0"
    }
  }
}

provider "aws" {
  region = "eu-west-1"
}

provider "aws" {
  alias = "main"
  region = "us-east-1"
}

module "first" {
  source = "./modules/stack"
  prefix = "one"
  providers = {
    aws = aws.main
  }
}

module "second" {
  source = "./modules/stack"
  prefix = "two"
  providers = {
    aws = aws.main
  }
}
