terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
  }
}

provider "aws" {
  region = "eu-west-1"
}

resource "terraform_data" "later" {
  input = "us-west-2"
}

resource "aws_secretsmanager_secret" "empty" {}

resource "aws_secretsmanager_secret" "known" {
  region = "us-east-2"
}

resource "aws_secretsmanager_secret" "unknown" {
  region = terraform_data.later.output
}

resource "aws_secretsmanager_secret" "reference" {
  region = aws_secretsmanager_secret.unknown.region
}

data "aws_secretsmanager_secret" "known" {
  arn = "arn:aws:secretsmanager:us-east-2:333333333333:secret:legacy-AbCdEf"
}
