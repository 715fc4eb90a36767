# The boundary of the permission set, by name, allows no login: aws_ssoadmin_permissions_boundary_attachment.orders fails.

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

data "aws_iam_policy_document" "orders_connect" {
  statement {
    actions   = ["rds-db:connect"]
    resources = ["arn:aws:rds-db:us-east-1:123456789012:dbuser:${aws_db_instance.main.resource_id}/app"]
  }
}

resource "aws_ssoadmin_permission_set" "orders" {
  name         = "orders"
  instance_arn = "arn:aws:sso:::instance/ssoins-0123456789abcdef"
}

resource "aws_ssoadmin_permission_set_inline_policy" "orders_connect" {
  instance_arn       = aws_ssoadmin_permission_set.orders.instance_arn
  permission_set_arn = aws_ssoadmin_permission_set.orders.arn
  inline_policy      = data.aws_iam_policy_document.orders_connect.json
}

resource "aws_iam_policy" "boundary" {
  name = "boundary"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["s3:*", "sqs:*"], Resource = "*" }]
  })
}

resource "aws_ssoadmin_permissions_boundary_attachment" "orders" {
  instance_arn       = aws_ssoadmin_permission_set.orders.instance_arn
  permission_set_arn = aws_ssoadmin_permission_set.orders.arn

  permissions_boundary {
    customer_managed_policy_reference {
      name = aws_iam_policy.boundary.name
    }
  }
}
