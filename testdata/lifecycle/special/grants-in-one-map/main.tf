# Policies made from one map: the plan keeps what the map refers to, and not which of its entries refers to what.

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
  password                            = "canary-root"
  vpc_security_group_ids              = ["sg-0db00000000000001"]
  skip_final_snapshot                 = true
  iam_database_authentication_enabled = true
}

resource "aws_secretsmanager_secret" "app" {
  name = "orders/app"
}
resource "aws_secretsmanager_secret_version" "app" {
  secret_id     = aws_secretsmanager_secret.app.id
  secret_string = jsonencode({ username = "app", password = "canary-app" })
}

locals {
  roles = {
    proxy     = "rds.amazonaws.com"
    orders    = "ecs-tasks.amazonaws.com"
    reporting = "lambda.amazonaws.com"
  }
}
resource "aws_iam_role" "this" {
  for_each           = local.roles
  name               = each.key
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = each.value } }] })
}


resource "aws_db_proxy" "main" {
  name                   = "orders-proxy"
  engine_family          = "POSTGRESQL"
  require_tls            = true
  role_arn               = aws_iam_role.this["proxy"].arn
  vpc_subnet_ids         = ["subnet-1", "subnet-2"]
  vpc_security_group_ids = ["sg-0aa00000000000002"]
  auth {
    auth_scheme = "SECRETS"
    iam_auth    = "REQUIRED"
    secret_arn  = aws_secretsmanager_secret.app.arn
  }
}

resource "aws_db_proxy_default_target_group" "main" {
  db_proxy_name = aws_db_proxy.main.name
}
resource "aws_db_proxy_target" "main" {
  db_proxy_name          = aws_db_proxy.main.name
  target_group_name      = aws_db_proxy_default_target_group.main.name
  db_instance_identifier = aws_db_instance.main.identifier
}


data "aws_iam_policy_document" "this" {
  for_each = {
    proxy     = { action = "secretsmanager:GetSecretValue", resource = aws_secretsmanager_secret.app.arn }
    orders    = { action = "rds-db:connect", resource = "arn:aws:rds-db:us-east-1:123456789012:dbuser:${split(":", aws_db_proxy.main.arn)[6]}/app" }
    reporting = { action = "rds-db:connect", resource = "arn:aws:rds-db:us-east-1:123456789012:dbuser:${aws_db_instance.main.resource_id}/reporting" }
  }
  statement {
    actions   = [each.value.action]
    resources = [each.value.resource]
  }
}
resource "aws_iam_role_policy" "this" {
  for_each = data.aws_iam_policy_document.this
  role     = aws_iam_role.this[each.key].id
  policy   = each.value.json
}

resource "aws_iam_role_policy" "written_out" {
  for_each = {
    orders    = "arn:aws:rds-db:us-east-1:123456789012:dbuser:${split(":", aws_db_proxy.main.arn)[6]}/app"
    reporting = "arn:aws:rds-db:us-east-1:123456789012:dbuser:${aws_db_instance.main.resource_id}/reporting"
  }
  role   = aws_iam_role.this[each.key].id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "rds-db:connect", Resource = each.value }] })
}
