terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

provider "aws" {
  region = "eu-west-1"
}

# Its output is known after apply.
resource "terraform_data" "later" {
  input = "later"
}

resource "aws_secretsmanager_secret" "a" {}

resource "aws_lambda_function" "a" {
  function_name = "rotate"
  role          = "arn:aws:iam::123456789012:role/rotate"
}

resource "aws_secretsmanager_secret_rotation" "empty" {
  secret_id = "orders/app"

  rotation_rules {
    automatically_after_days = 30
  }
}

resource "aws_secretsmanager_secret_rotation" "unknown" {
  secret_id           = terraform_data.later.output
  rotation_lambda_arn = terraform_data.later.output

  rotation_rules {
    automatically_after_days = 30
  }
}

resource "aws_secretsmanager_secret_rotation" "reference" {
  secret_id           = aws_secretsmanager_secret.a.id
  rotation_lambda_arn = aws_lambda_function.a.arn

  rotation_rules {
    automatically_after_days = 30
  }
}

data "aws_secretsmanager_secret_rotation" "later" {
  secret_id = aws_secretsmanager_secret.a.id
}
