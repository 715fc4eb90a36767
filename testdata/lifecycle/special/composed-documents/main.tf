# Policy documents made of others: source and override documents, dynamic statements, literals beside references.

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
  password                            = "canary-master-9f2c"
  skip_final_snapshot                 = true
  iam_database_authentication_enabled = true
}

variable "users" {
  type    = list(string)
  default = ["app", "report"]
}

resource "aws_iam_role" "orders" {
  name = "orders"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
}

data "aws_iam_policy_document" "base" {
  statement {
    sid       = "Connect"
    actions   = ["rds-db:connect"]
    resources = ["arn:aws:rds-db:us-east-1:123456789012:dbuser:${aws_db_instance.main.resource_id}/app", "arn:aws:rds-db:us-east-1:123456789012:dbuser:db-ABCDEFGHIJKLMNOPQRSTUVWXYZ/app"]
  }
}

data "aws_iam_policy_document" "guard" {
  statement {
    sid       = "NoMaster"
    effect    = "Deny"
    actions   = ["rds-db:connect"]
    resources = ["arn:aws:rds-db:us-east-1:123456789012:dbuser:*/root_admin"]
  }
}

data "aws_iam_policy_document" "composed" {
  source_policy_documents   = [data.aws_iam_policy_document.base.json]
  override_policy_documents = [data.aws_iam_policy_document.guard.json]

  dynamic "statement" {
    for_each = var.users
    content {
      sid       = "User${statement.key}"
      actions   = ["rds-db:connect"]
      resources = ["arn:aws:rds-db:us-east-1:123456789012:dbuser:${aws_db_instance.main.resource_id}/${statement.value}"]
    }
  }
}

resource "aws_iam_role_policy" "connect" {
  name   = "connect"
  role   = aws_iam_role.orders.name
  policy = data.aws_iam_policy_document.composed.json
}

resource "aws_iam_role_policy" "merged" {
  name = "merged"
  role = aws_iam_role.orders.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = concat(jsondecode(data.aws_iam_policy_document.base.json).Statement, [])
  })
}
