# A public database that is managed elsewhere.

terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
  }
}

provider "aws" {
  region = "us-east-1"
}

data "aws_db_instance" "main" {
  db_instance_identifier = "orders"
}
