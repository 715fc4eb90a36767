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

resource "aws_rds_cluster" "main" {
  cluster_identifier = "orders-db"
  master_username = "root_admin"
  master_password = "canary-master-9f2c"
  engine = "aurora-postgresql"
  engine_version = "16.4"
  vpc_security_group_ids = ["sg-0db00000000000001"]
  skip_final_snapshot = true
  iam_database_authentication_enabled = true
}

resource "aws_rds_cluster_instance" "main" {
  count = 2
  cluster_identifier = aws_rds_cluster.main.id
  identifier = "orders-db-${count.index}"
  engine = "aurora-postgresql"
  instance_class = "db.r6g.large"
}

resource "aws_secretsmanager_secret" "app" {
  name = "orders/app"
}

resource "aws_secretsmanager_secret_version" "app" {
  secret_id = aws_secretsmanager_secret.app.id
  secret_string = jsonencode({ username = "app", password = "canary-app-71aa" })
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

module "proxy" {
  source = "./modules/proxy"
  count = 1
  role_arn = aws_iam_role.proxy.arn
  security_group_ids = ["sg-0aa00000000000002"]
  secrets = { app = { arn = aws_secretsmanager_secret.app.arn, mode = "REQUIRED" } }
  database = aws_rds_cluster.main.cluster_identifier
}

locals {
  orders_arn = "arn:aws:rds-db:${var.region}:${var.account_id}:dbuser:${element(split(":", one([module.proxy[0].arn])), length(split(":", module.proxy[0].arn)) - 1)}/app"
}

data "aws_iam_policy_document" "orders_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "orders" {
  name = "orders"
  assume_role_policy = data.aws_iam_policy_document.orders_trust.json
}

data "aws_iam_policy_document" "orders_connect" {
  statement {
    effect    = "Allow"
    actions   = ["rds-db:connect"]
    resources = [local.orders_arn]
  }
}

resource "aws_iam_role_policy" "orders_connect" {
  name = "orders_connect"
  role = aws_iam_role.orders.id
  policy = data.aws_iam_policy_document.orders_connect.json
}

locals {
  reporting_arn = "arn:aws:rds-db:${var.region}:${var.account_id}:dbuser:${aws_rds_cluster.main.cluster_resource_id}/reporting"
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

resource "aws_iam_role_policy" "reporting_connect" {
  name = "reporting_connect"
  role = aws_iam_role.reporting.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "rds-db:connect", Resource = local.reporting_arn }] })
}

variable "region" {
  type = string
  default = "us-east-1"
}

variable "account_id" {
  type = string
  default = "123456789012"
}
