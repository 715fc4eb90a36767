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
  engine = "mariadb"
  engine_version = "10.11.10"
  vpc_security_group_ids = ["sg-0db00000000000001"]
  skip_final_snapshot = true
  iam_database_authentication_enabled = true
}

locals {
  users = ["app", "billing"]
  credentials = { app = { username = "app", password = "canary-app-71aa" }, billing = { username = "billing", password = "canary-billing-71aa" } }
}

resource "aws_secretsmanager_secret" "user" {
  count = length(local.users)
  name = "orders/${local.users[count.index]}"
}

resource "aws_secretsmanager_secret_version" "user" {
  count = length(local.users)
  secret_id = aws_secretsmanager_secret.user[count.index].id
  secret_string = jsonencode(local.credentials[local.users[count.index]])
}

data "aws_iam_policy_document" "proxy_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ec2.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "proxy" {
  name = "proxy"
  assume_role_policy = data.aws_iam_policy_document.proxy_trust.json
}

locals {
  proxy_access_allowed = { s0 = { Effect = "Allow", Action = ["secretsmanager:DescribeSecret"], Resource = [aws_secretsmanager_secret.user[0].arn, aws_secretsmanager_secret.user[1].arn] } }
}

resource "aws_iam_role_policy" "proxy_access" {
  name = "proxy_access"
  role = aws_iam_role.proxy.name
  policy = jsonencode({ Version = "2012-10-17", Statement = [for key, statement in local.proxy_access_allowed : statement] })
}

locals {
  auth = { app = { mode = "REQUIRED", arn = aws_secretsmanager_secret.user[0].arn }, billing = { mode = "DISABLED", arn = aws_secretsmanager_secret.user[1].arn } }
}

resource "aws_db_proxy" "main" {
  count = 1
  name = "orders-proxy"
  engine_family = "MYSQL"
  require_tls = true
  role_arn = aws_iam_role.proxy.arn
  vpc_subnet_ids = ["subnet-0aaa0000000000001", "subnet-0bbb0000000000002"]
  vpc_security_group_ids = ["sg-0aa00000000000002"]
  dynamic "auth" {
    for_each = { for name, entry in local.auth : name => entry if name != "nobody" }
    content {
      auth_scheme = "SECRETS"
      iam_auth = auth.value.mode
      secret_arn = auth.value.arn
    }
  }
}

resource "aws_db_proxy_default_target_group" "main" {
  count = 1
  db_proxy_name = aws_db_proxy.main[0].name
}

resource "aws_db_proxy_target" "main" {
  count = 1
  db_proxy_name = aws_db_proxy.main[0].name
  target_group_name = "default"
  db_instance_identifier = aws_db_instance.main.identifier
}

locals {
  orders_arn = "arn:aws:rds-db:${var.region}:${var.account_id}:dbuser:${replace(aws_db_proxy.main[0].arn, "/^.*:/", "")}/app"
}

resource "aws_iam_role" "orders" {
  name = "orders"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }] })
}

resource "aws_iam_role_policy" "orders_connect" {
  name = "orders_connect"
  role = aws_iam_role.orders.id
  policy = <<-JSON
    {
      "Version": "2012-10-17",
      "Statement": [
        { "Effect": "Allow", "Action": ["rds-db:connect"], "Resource": ["${local.orders_arn}"] }
      ]
    }
  JSON
}

locals {
  reporting_arn = "arn:aws:rds-db:${var.region}:${var.account_id}:dbuser:${aws_db_instance.main.resource_id}/reporting"
}

resource "aws_iam_role" "reporting" {
  name = "reporting"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }] })
}

resource "aws_iam_role_policy" "reporting_connect" {
  name = "reporting_connect"
  role = aws_iam_role.reporting.name
  policy = length("on") > 0 ? jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "rds-db:connect", Resource = local.reporting_arn }] }) : null
}

variable "region" {
  type = string
  default = "us-east-1"
}

variable "account_id" {
  type = string
}
