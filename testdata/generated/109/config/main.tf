terraform {
  required_version = ">= 1.5"

  required_providers {
    aws = {
      source = "hashicorp/aws"
      version = "~> 6.0"
    }
  }
}

provider "aws" {
  region = "us-east-1"
}

resource "aws_db_instance" "main" {
  identifier = "orders-db"
  instance_class = "db.m6i.large"
  allocated_storage = 100
  storage_encrypted = true
  username = "root_admin"
  password = "canary-master-9f2c"
  engine = "mysql"
  engine_version = "8.0.40"
  vpc_security_group_ids = ["sg-0db00000000000001"]
  skip_final_snapshot = true
  iam_database_authentication_enabled = true
}

resource "aws_kms_key" "main" {
  description = "secrets"
}

locals {
  credentials = { app = { username = "app", password = "canary-app-71aa" } }
}

resource "aws_secretsmanager_secret" "user" {
  for_each = local.credentials
  name = "orders/${each.key}"
  kms_key_id = aws_kms_key.main.arn
}

resource "aws_secretsmanager_secret_version" "user" {
  for_each = local.credentials
  secret_id = aws_secretsmanager_secret.user[each.key].id
  secret_string = jsonencode(each.value)
}

data "aws_iam_policy_document" "proxy_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["rds.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "proxy" {
  name = "proxy"
  assume_role_policy = data.aws_iam_policy_document.proxy_trust.json
}

resource "aws_iam_policy" "proxy_access" {
  name = "proxy_access"
  policy = jsonencode(merge({ Version = "2012-10-17" }, { Statement = [{ Effect = "Allow", Action = "secretsmanager:DescribeSecret", Resource = aws_secretsmanager_secret.user["app"].arn }] }))
}

resource "aws_iam_policy_attachment" "proxy_access" {
  name = "proxy_access"
  roles = [aws_iam_role.proxy.name]
  policy_arn = aws_iam_policy.proxy_access.arn
}

module "proxy" {
  source = "./modules/proxy"
  for_each = toset(["orders"])
  role_arn = aws_iam_role.proxy.arn
  security_group_ids = ["sg-0aa00000000000002"]
  secrets = { app = { arn = aws_secretsmanager_secret.user["app"].arn, mode = "REQUIRED" } }
  database = aws_db_instance.main.identifier
}

locals {
  orders_arn = "arn:aws:rds-db:${var.region}:${var.account_id}:dbuser:${element(split(":", one([module.proxy["orders"].arn])), length(split(":", module.proxy["orders"].arn)) - 1)}/app"
}

resource "aws_iam_user" "orders" {
  name = "orders"
}

resource "aws_iam_policy" "orders_connect" {
  name = "orders_connect"
  policy = jsonencode(merge({ Version = "2012-10-17" }, { Statement = [{ Effect = "Allow", Action = "rds-db:connect", Resource = local.orders_arn, Condition = { StringEquals = { "aws:SourceVpc" = "vpc-0123456789abcdef0" } } }] }))
}

resource "aws_iam_policy_attachment" "orders_connect" {
  name = "orders_connect"
  users = [aws_iam_user.orders.name]
  policy_arn = aws_iam_policy.orders_connect.arn
}

locals {
  reporting_arn = "arn:aws:rds-db:${var.region}:${var.account_id}:dbuser:${aws_db_instance.main.resource_id}/reporting"
}

resource "aws_iam_role" "reporting" {
  name = "reporting"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }] })
}

data "aws_iam_policy_document" "reporting_connect" {
  statement {
    effect    = "Allow"
    actions   = ["rds-db:connect"]
    resources = flatten([[local.reporting_arn], []])
  }
}

resource "aws_iam_policy" "reporting_connect" {
  name = "reporting_connect"
  policy = data.aws_iam_policy_document.reporting_connect.json
}

resource "aws_iam_policy_attachment" "reporting_connect" {
  name = "reporting_connect"
  roles = [aws_iam_role.reporting.name]
  policy_arn = aws_iam_policy.reporting_connect.arn
}

locals {
  worker_arn = "arn:aws:rds-db:${var.region}:${var.account_id}:dbuser:${element(split(":", one([module.proxy["orders"].arn])), length(split(":", module.proxy["orders"].arn)) - 1)}/app"
}

resource "aws_iam_role" "worker" {
  name = "worker"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }] })
}

data "aws_iam_policy_document" "worker_connect" {
  statement {
    effect    = "Allow"
    actions   = ["rds-db:connect"]
    resources = [local.worker_arn]
  }
}

resource "aws_iam_role_policy" "worker_connect" {
  name = "worker_connect"
  role = aws_iam_role.worker.name
  policy = data.aws_iam_policy_document.worker_connect.json
}

variable "region" {
  type = string
  default = "us-east-1"
}

variable "account_id" {
  type = string
}
