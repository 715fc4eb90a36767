variable "prefix" {
  type = string
}

module "database" {
  source = "../database"
  name = "${var.prefix}-orders-db"
  security_group_ids = ["sg-0db00000000000001"]
}

module "secret" {
  source = "../secret"
  prefix = var.prefix
  for_each = { app = { username = "app", password = "canary-app-71aa" } }
  name = each.key
  content = each.value
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
  name = "${var.prefix}-proxy"
  assume_role_policy = data.aws_iam_policy_document.proxy_trust.json
}

data "aws_iam_policy_document" "proxy_access" {
  dynamic "statement" {
    for_each = [{ actions = ["secretsmanager:GetSecretValue"], resources = [module.secret["app"].arn] }]
    content {
      effect    = "Allow"
      actions   = statement.value.actions
      resources = statement.value.resources
    }
  }
}

resource "aws_iam_role_policy" "proxy_access" {
  name = "${var.prefix}-proxy_access"
  role = aws_iam_role.proxy.name
  policy = data.aws_iam_policy_document.proxy_access.json
}

module "proxy" {
  source = "../proxy"
  prefix = var.prefix
  for_each = toset(["orders"])
  role_arn = aws_iam_role.proxy.arn
  security_group_ids = ["sg-0aa00000000000002"]
  secrets = { app = { arn = module.secret["app"].arn, mode = "REQUIRED" } }
  database = module.database.identifier
}

locals {
  orders_endpoint = regex("prx-[0-9a-z]+", module.proxy["orders"].arn)
}

resource "aws_iam_user" "orders" {
  name = "${var.prefix}-orders"
}

data "aws_iam_policy_document" "orders_connect" {
  statement {
    effect    = "Allow"
    actions   = ["rds-db:connect"]
    resources = flatten([["arn:aws:rds-db:${local.region}:${local.account_id}:dbuser:${local.orders_endpoint}/app"], []])
  }
}

resource "aws_iam_user_policy" "orders_connect" {
  name = "${var.prefix}-orders_connect"
  user = aws_iam_user.orders.name
  policy = data.aws_iam_policy_document.orders_connect.json
}

locals {
  region = "us-east-1"
  account_id = "123456789012"
}
