# A user of IAM is allowed to log in, and another of its policies denies it: aws_iam_user_policy.guard fails.

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
  engine                              = "mysql"
  engine_version                      = "8.0.40"
  instance_class                      = "db.m6i.large"
  allocated_storage                   = 100
  username                            = "root_admin"
  manage_master_user_password         = true
  skip_final_snapshot                 = true
  iam_database_authentication_enabled = true
}

resource "aws_iam_user" "analyst" {
  name = "analyst"
}

data "aws_iam_policy_document" "connect" {
  statement {
    actions   = ["rds-db:connect"]
    resources = ["arn:aws:rds-db:us-east-1:123456789012:dbuser:${aws_db_instance.main.resource_id}/analyst"]
  }
}

resource "aws_iam_user_policy" "connect" {
  name   = "connect"
  user   = aws_iam_user.analyst.name
  policy = data.aws_iam_policy_document.connect.json
}

resource "aws_iam_user_policy" "guard" {
  name = "guard"
  user = aws_iam_user.analyst.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Deny", NotAction = ["s3:*"], Resource = "*" }]
  })
}
