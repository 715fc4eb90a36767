# The function connects to the primary; its role is granted the replica alone.

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

resource "aws_db_instance" "main" {
  identifier                          = "orders-db"
  engine                              = "postgres"
  engine_version                      = "16.6"
  instance_class                      = "db.m6i.large"
  allocated_storage                   = 100
  username                            = "root_admin"
  manage_master_user_password         = true
  iam_database_authentication_enabled = true
  backup_retention_period             = 7
  skip_final_snapshot                 = true
}

resource "aws_db_instance" "replica" {
  identifier                          = "orders-db-replica"
  replicate_source_db                 = aws_db_instance.main.identifier
  instance_class                      = "db.m6i.large"
  iam_database_authentication_enabled = true
  skip_final_snapshot                 = true
}

resource "aws_iam_role" "orders" {
  name = "orders"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

data "aws_iam_policy_document" "orders_connect" {
  statement {
    actions   = ["rds-db:connect"]
    resources = ["arn:aws:rds-db:us-east-1:123456789012:dbuser:${aws_db_instance.replica.resource_id}/app"]
  }
}

resource "aws_iam_role_policy" "orders_connect" {
  name   = "orders-connect"
  role   = aws_iam_role.orders.name
  policy = data.aws_iam_policy_document.orders_connect.json
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = aws_iam_role.orders.arn
  handler       = "index.handler"
  runtime       = "nodejs22.x"
  filename      = "orders.zip"

  environment {
    variables = {
      DB_HOST = aws_db_instance.main.address
    }
  }
}
