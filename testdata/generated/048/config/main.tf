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

module "database" {
  source = "./modules/database"
  name = "orders-db"
  security_group_ids = ["sg-0db00000000000001"]
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
  policy = <<-JSON
    {
      "Version": "2012-10-17",
      "Statement": [
        { "Effect": "Allow", "Action": ["rds-db:connect"], "Resource": ["${format("arn:aws:rds-db:%s:%s:dbuser:%s/%s", "us-east-1", "123456789012", module.database.resource_id, "app")}"] }
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
  count = 1
  role_arn = aws_iam_role.proxy.arn
  security_group_ids = ["sg-0aa00000000000002"]
  secrets = {  }
  database = module.database.identifier
}

resource "aws_iam_user" "orders" {
  name = "orders"
}

locals {
  orders_connect_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["rds-db:connect"], Resource = [format("arn:aws:rds-db:%s:%s:dbuser:%s/%s", "us-east-1", "123456789012", split(":", module.proxy[0].arn)[6], "app")] }, { Effect = "Deny", Action = ["rds-db:connect"], Resource = [format("arn:aws:rds-db:%s:%s:dbuser:%s/%s", "us-east-1", "123456789012", split(":", module.proxy[0].arn)[6], "app")] }] })
}

resource "aws_iam_policy" "orders_connect" {
  name = "orders_connect"
  policy = local.orders_connect_policy
}

resource "aws_iam_user_policy_attachment" "orders_connect" {
  user = aws_iam_user.orders.name
  policy_arn = aws_iam_policy.orders_connect.arn
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

locals {
  reporting_connect_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["rds-db:connect"], Resource = [format("arn:aws:rds-db:%s:%s:dbuser:%s/%s", "us-east-1", "123456789012", module.database.resource_id, "reporting")] }] })
}

resource "aws_iam_policy" "reporting_connect" {
  name = "reporting_connect"
  policy = local.reporting_connect_policy
}

resource "aws_iam_role_policy_attachment" "reporting_connect" {
  role = aws_iam_role.reporting.name
  policy_arn = aws_iam_policy.reporting_connect.arn
}
