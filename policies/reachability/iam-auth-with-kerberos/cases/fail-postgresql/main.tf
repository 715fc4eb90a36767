# RDS for PostgreSQL: AWS contradicts itself, so that it is advisory, and the login by IAM stays open.

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
  engine_version                      = "16.4"
  instance_class                      = "db.m6i.large"
  allocated_storage                   = 100
  username                            = "root_admin"
  manage_master_user_password         = true
  skip_final_snapshot                 = true
  domain                              = "d-9067012345"
  domain_iam_role_name                = "rds-directory"
  iam_database_authentication_enabled = true
}

resource "aws_iam_role" "analyst" {
  name = "analyst"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
  })
}

data "aws_iam_policy_document" "analyst_connect" {
  statement {
    actions   = ["rds-db:connect"]
    resources = ["arn:aws:rds-db:us-east-1:123456789012:dbuser:${aws_db_instance.main.resource_id}/analyst"]
  }
}

resource "aws_iam_role_policy" "analyst_connect" {
  name   = "analyst-connect"
  role   = aws_iam_role.analyst.name
  policy = data.aws_iam_policy_document.analyst_connect.json
}
