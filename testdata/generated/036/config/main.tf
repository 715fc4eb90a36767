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
  security_group_id = aws_security_group.app.id
  referenced_security_group_id = aws_security_group.proxy.id
  ip_protocol = "tcp"
  from_port = 3306
  to_port = 3306
}

resource "aws_vpc_security_group_ingress_rule" "proxy_from_app" {
  security_group_id = aws_security_group.proxy.id
  referenced_security_group_id = aws_security_group.app.id
  ip_protocol = "tcp"
  from_port = 3306
  to_port = 3306
}

resource "aws_vpc_security_group_egress_rule" "proxy_to_database" {
  security_group_id = aws_security_group.proxy.id
  referenced_security_group_id = aws_security_group.database.id
  ip_protocol = "tcp"
  from_port = 3306
  to_port = 3306
}

module "database" {
  source = "./modules/database"
  name = "orders-db"
  security_group_ids = [aws_security_group.database.id]
}

module "secret" {
  source = "./modules/secret"
  for_each = { app = { username = "app" }, batch = { username = "batch", password = "canary-batch-71aa" }, billing = { username = "billing", password = "canary-billing-71aa" } }
  name = each.key
  content = each.value
}

resource "aws_iam_role" "proxy" {
  name = "proxy"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "rds.amazonaws.com" } }] })
}

resource "aws_iam_policy" "proxy_access" {
  name = "proxy_access"
  policy = <<-JSON
    {
      "Version": "2012-10-17",
      "Statement": [
        { "Effect": "Allow", "Action": ["secretsmanager:DescribeSecret"], "Resource": ["${module.secret["app"].arn}", "${module.secret["batch"].arn}", "${module.secret["billing"].arn}"] }
      ]
    }
  JSON
}

resource "aws_iam_role_policy_attachment" "proxy_access" {
  role = aws_iam_role.proxy.name
  policy_arn = aws_iam_policy.proxy_access.arn
}

module "proxy" {
  source = "./modules/proxy"
  for_each = toset(["orders"])
  role_arn = aws_iam_role.proxy.arn
  security_group_ids = [aws_security_group.proxy.id]
  secrets = { app = { arn = module.secret["app"].arn, mode = "REQUIRED" }, batch = { arn = module.secret["batch"].arn, mode = "REQUIRED" }, billing = { arn = module.secret["billing"].arn, mode = "REQUIRED" } }
  database = module.database.identifier
}

locals {
  orders_arn = "arn:aws:rds-db:us-east-1:123456789012:dbuser:${split(":", module.proxy["orders"].arn)[6]}/app"
}

resource "aws_iam_group" "orders" {
  name = "orders"
}

data "aws_iam_policy_document" "orders_connect" {
  statement {
    effect    = "Allow"
    actions   = ["rds-db:connect"]
    resources = [local.orders_arn]
  }
}

resource "aws_iam_policy" "orders_connect" {
  name = "orders_connect"
  policy = data.aws_iam_policy_document.orders_connect.json
}

resource "aws_iam_group_policy_attachment" "orders_connect" {
  group = aws_iam_group.orders.name
  policy_arn = aws_iam_policy.orders_connect.arn
}
