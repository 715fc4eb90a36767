terraform {
  required_version = ">= 1.5, < 2.0"
  required_providers {
    aws = {
      source                = "hashicorp/aws"
      version               = "~> 6.0"
      configuration_aliases = [aws.west]
    }
  }
  backend "s3" {
    bucket = "state"
  }
}
provider "aws" {
  alias  = "west"
  region = "us-west-2"
  default_tags {
    tags = { managed = "yes" }
  }
}
