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

# Functions that rotate something; the last ones do not.
resource "aws_lambda_function" "unknown" {
  function_name = terraform_data.later.output
  role          = "arn:aws:iam::123456789012:role/rotate"
  handler       = "lambda_function.lambda_handler"
}

resource "aws_serverlessapplicationrepository_cloudformation_stack" "empty" {
  name           = "rotate"
  application_id = "arn:aws:serverlessrepo:us-east-1:297356227824:applications/SecretsManagerRDSMySQLRotationMultiUser"
  capabilities   = ["CAPABILITY_IAM"]
}

resource "aws_serverlessapplicationrepository_cloudformation_stack" "unknown" {
  name           = "later"
  application_id = terraform_data.later.output
  capabilities   = ["CAPABILITY_IAM"]
}

resource "aws_secretsmanager_secret_rotation" "function" {
  secret_id           = aws_secretsmanager_secret.a.id
  rotation_lambda_arn = aws_lambda_function.unknown.arn

  rotation_rules {
    automatically_after_days = 30
  }
}

resource "aws_secretsmanager_secret_rotation" "application" {
  secret_id           = aws_secretsmanager_secret.a.id
  rotation_lambda_arn = aws_serverlessapplicationrepository_cloudformation_stack.empty.outputs["RotationLambdaARN"]

  rotation_rules {
    automatically_after_days = 30
  }
}

resource "aws_secretsmanager_secret_rotation" "output" {
  secret_id           = aws_secretsmanager_secret.a.id
  rotation_lambda_arn = aws_serverlessapplicationrepository_cloudformation_stack.unknown.outputs.RotationLambdaARN

  rotation_rules {
    automatically_after_days = 30
  }
}

resource "aws_lambda_function" "other" {
  function_name = "other"
  role          = "arn:aws:iam::123456789012:role/rotate"
}

resource "aws_serverlessapplicationrepository_cloudformation_stack" "other" {
  name           = "other"
  application_id = "arn:aws:serverlessrepo:us-east-1:297356227824:applications/other"
  capabilities   = ["CAPABILITY_IAM"]
}
