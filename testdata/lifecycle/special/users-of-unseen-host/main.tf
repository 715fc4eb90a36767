# The role may log in by IAM as a user that has a password and not rds_iam, in a database that a local value hides.

terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
    postgresql = {
      source = "cyrilgdn/postgresql"
    }
  }
}

provider "aws" {
  region = "us-east-1"
}

resource "aws_db_instance" "main" {
  identifier                          = "orders-db"
  engine                              = "postgres"
  engine_version                      = "16.4"
  instance_class                      = "db.m6i.large"
  allocated_storage                   = 100
  username                            = "root_admin"
  manage_master_user_password         = true
  iam_database_authentication_enabled = true
  skip_final_snapshot                 = true
}

resource "aws_iam_role" "reporting" {
  name = "reporting"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

data "aws_iam_policy_document" "reporting_connect" {
  statement {
    actions   = ["rds-db:connect"]
    resources = ["arn:aws:rds-db:us-east-1:123456789012:dbuser:${aws_db_instance.main.resource_id}/reporting"]
  }
}

resource "aws_iam_role_policy" "reporting_connect" {
  name   = "reporting-connect"
  role   = aws_iam_role.reporting.name
  policy = data.aws_iam_policy_document.reporting_connect.json
}

locals {
  host = aws_db_instance.main.address
}

provider "postgresql" {
  host     = local.host
  username = "root_admin"
  password = "canary-master-9f2c"
}

resource "postgresql_role" "reporting" {
  name     = "reporting"
  login    = true
  password = "canary-app-71aa"
}
