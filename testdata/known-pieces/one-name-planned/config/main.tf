# Database and proxy have one name, and only the proxy is for logins by IAM. What a grant means is what its policy is
# written with, as far as the plan keeps that: the names of the policies say whom it can tell.

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

data "aws_caller_identity" "current" {}

locals {
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "rds-db:connect", Resource = "arn:aws:rds-db:us-east-1:123456789012:dbuser:${aws_db_proxy.main.name}/app" }] })
}

resource "aws_db_instance" "main" {
  identifier                  = "orders"
  engine                      = "mysql"
  engine_version              = "8.0.40"
  instance_class              = "db.m6i.large"
  allocated_storage           = 100
  username                    = "root_admin"
  manage_master_user_password = true
  skip_final_snapshot         = true
}

resource "aws_db_proxy" "main" {
  name                   = "orders"
  engine_family          = "MYSQL"
  require_tls            = true
  role_arn               = "arn:aws:iam::123456789012:role/orders-proxy"
  vpc_subnet_ids         = ["subnet-0aaa0000000000001", "subnet-0bbb0000000000002"]
  vpc_security_group_ids = ["sg-0aa00000000000002"]

  auth {
    auth_scheme = "SECRETS"
    iam_auth    = "REQUIRED"
    secret_arn  = "arn:aws:secretsmanager:us-east-1:123456789012:secret:orders/app-Ab12Cd"
  }
}

resource "aws_db_proxy_target" "main" {
  db_proxy_name          = aws_db_proxy.main.name
  target_group_name      = "default"
  db_instance_identifier = aws_db_instance.main.identifier
}

resource "aws_iam_role" "orders" {
  name = "orders"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
}

data "aws_iam_policy_document" "proxy" {
  statement {
    actions   = ["rds-db:connect"]
    resources = ["arn:aws:rds-db:us-east-1:${data.aws_caller_identity.current.account_id}:dbuser:${aws_db_proxy.main.name}/app"]
  }
}

resource "aws_iam_role_policy" "proxy_by_document" {
  role   = aws_iam_role.orders.name
  policy = data.aws_iam_policy_document.proxy.json
}

data "aws_iam_policy_document" "around" {
  source_policy_documents = [data.aws_iam_policy_document.proxy.json]
  statement {
    actions   = ["s3:GetObject"]
    resources = ["*"]
  }
}

resource "aws_iam_role_policy" "proxy_by_document_in_document" {
  role   = aws_iam_role.orders.name
  policy = data.aws_iam_policy_document.around.json
}

resource "aws_iam_role_policy" "proxy_by_text" {
  role   = aws_iam_role.orders.name
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "rds-db:connect", Resource = "arn:aws:rds-db:us-east-1:123456789012:dbuser:${aws_db_proxy.main.name}/app" }] })
}

module "proxy_by_input" {
  source = "./modules/grant"
  role   = aws_iam_role.orders.name
  name   = aws_db_proxy.main.name
}

resource "aws_iam_role_policy" "both_by_two_statements" {
  role = aws_iam_role.orders.name
  policy = jsonencode({ Version = "2012-10-17", Statement = [
    { Effect = "Allow", Action = "rds-db:connect", Resource = "arn:aws:rds-db:us-east-1:123456789012:dbuser:${aws_db_proxy.main.name}/app" },
    { Effect = "Allow", Action = "rds-db:connect", Resource = "arn:aws:rds-db:us-east-1:123456789012:dbuser:${aws_db_instance.main.identifier}/app" },
  ] })
}

resource "aws_iam_role_policy" "both_by_local" {
  role   = aws_iam_role.orders.name
  policy = local.policy
}

resource "aws_iam_role_policy" "both_by_literal" {
  role   = aws_iam_role.orders.name
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "rds-db:connect", Resource = "arn:aws:rds-db:us-east-1:123456789012:dbuser:orders/app" }] })
}

# What the plan keeps of this one is a name of the proxy, for another statement.
data "aws_iam_policy_document" "dynamic" {
  statement {
    actions   = ["s3:GetObject"]
    resources = ["arn:aws:s3:::${aws_db_proxy.main.name}/*"]
  }
  dynamic "statement" {
    for_each = toset([aws_db_instance.main.identifier])
    content {
      actions   = ["rds-db:connect"]
      resources = ["arn:aws:rds-db:us-east-1:123456789012:dbuser:${statement.value}/app"]
    }
  }
}

resource "aws_iam_role_policy" "both_by_dynamic" {
  role   = aws_iam_role.orders.name
  policy = data.aws_iam_policy_document.dynamic.json
}
