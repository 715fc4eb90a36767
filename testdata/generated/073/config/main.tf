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

resource "aws_security_group" "app" {
  name = "app"
  vpc_id = "vpc-0123456789abcdef0"
}

resource "aws_security_group" "proxy" {
  name = "proxy"
  vpc_id = "vpc-0123456789abcdef0"
}

resource "aws_security_group" "database" {
  name = "database"
  vpc_id = "vpc-0123456789abcdef0"
}

resource "aws_vpc_security_group_egress_rule" "app_to_proxy" {
  for_each = { tcp = { port = 5432 } }
  security_group_id = aws_security_group.app.id
  referenced_security_group_id = aws_security_group.proxy.id
  ip_protocol = "tcp"
  from_port = each.value.port
  to_port = each.value.port
}

resource "aws_vpc_security_group_ingress_rule" "proxy_from_app" {
  for_each = { tcp = { port = 5432 } }
  security_group_id = aws_security_group.proxy.id
  referenced_security_group_id = aws_security_group.app.id
  ip_protocol = "tcp"
  from_port = each.value.port
  to_port = each.value.port
}

resource "aws_vpc_security_group_ingress_rule" "database_from_proxy" {
  for_each = { tcp = { port = 5433 } }
  security_group_id = aws_security_group.database.id
  referenced_security_group_id = aws_security_group.proxy.id
  ip_protocol = "tcp"
  from_port = each.value.port
  to_port = each.value.port
}

resource "aws_db_instance" "main" {
  identifier = "orders-db"
  instance_class = "db.m6i.large"
  allocated_storage = 100
  storage_encrypted = true
  username = "root_admin"
  password = "canary-master-9f2c"
  engine = "postgres"
  engine_version = "16.4"
  vpc_security_group_ids = [aws_security_group.database.id]
  skip_final_snapshot = true
  iam_database_authentication_enabled = true
}

resource "aws_iam_role" "proxy" {
  name = "proxy"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "rds.amazonaws.com" } }] })
}

resource "aws_iam_role_policy" "proxy_access" {
  name = "proxy_access"
  role = aws_iam_role.proxy.id
  policy = jsonencode({ Version = "2012-10-17", Statement = concat([{ Effect = "Allow", Action = ["rds-db:connect"], Resource = ["arn:aws:rds-db:us-east-1:123456789012:dbuser:${aws_db_instance.main.resource_id}/app"] }], [{ Effect = "Allow", Action = ["logs:PutLogEvents"], Resource = ["*"] }]) })
}

module "proxy" {
  source = "./modules/proxy"
  role_arn = aws_iam_role.proxy.arn
  security_group_ids = [aws_security_group.proxy.id]
  secrets = {  }
  database = aws_db_instance.main.identifier
}

locals {
  orders_arn = "arn:aws:rds-db:us-east-1:123456789012:dbuser:${regex("prx-[0-9a-z]+", module.proxy.arn)}/app"
}

resource "aws_iam_group" "orders" {
  name = "orders"
}

resource "aws_iam_group_policy" "orders_connect" {
  name = "orders_connect"
  group = aws_iam_group.orders.id
  policy = jsonencode(merge({ Version = "2012-10-17" }, { Statement = [{ Effect = "Allow", Action = "rds-db:connect", Resource = local.orders_arn }] }))
}

locals {
  reporting_arn = "arn:aws:rds-db:us-east-1:123456789012:dbuser:${aws_db_instance.main.resource_id}/reporting"
}

data "aws_iam_policy_document" "reporting_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "reporting" {
  name = "reporting"
  assume_role_policy = data.aws_iam_policy_document.reporting_trust.json
}

data "aws_iam_policy_document" "reporting_connect_override" {
  statement {
    sid       = "Own0"
    effect    = "Allow"
    actions   = ["rds-db:connect"]
    resources = [local.reporting_arn]
  }
}

data "aws_iam_policy_document" "reporting_connect" {
  override_policy_documents = [data.aws_iam_policy_document.reporting_connect_override.json]

  statement {
    sid       = "Own0"
    effect    = "Allow"
    actions   = ["logs:PutLogEvents"]
    resources = ["*"]
  }
}

resource "aws_iam_role_policy" "reporting_connect" {
  name = "reporting_connect"
  role = aws_iam_role.reporting.id
  policy = data.aws_iam_policy_document.reporting_connect.json
}
