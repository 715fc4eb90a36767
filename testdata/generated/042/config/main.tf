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
  count = 1
  cluster_identifier = "orders-db"
  master_username = "root_admin"
  master_password = "canary-master-9f2c"
  engine = "aurora-mysql"
  engine_version = "8.0.mysql_aurora.3.08.0"
  vpc_security_group_ids = ["sg-0db00000000000001"]
  skip_final_snapshot = true
  iam_database_authentication_enabled = true
}

resource "aws_rds_cluster_instance" "main" {
  count = 2
  cluster_identifier = aws_rds_cluster.main[0].id
  identifier = "orders-db-${count.index}"
  engine = "aurora-mysql"
  instance_class = "db.r6g.large"
}

resource "aws_secretsmanager_secret" "app" {
  name = "orders/app"
}

resource "aws_secretsmanager_secret_version" "app" {
  secret_id = aws_secretsmanager_secret.app.id
  secret_string = jsonencode({ username = "app", password = "canary-app-71aa" })
}

resource "aws_secretsmanager_secret" "batch" {
  name = "orders/batch"
}

resource "aws_secretsmanager_secret_version" "batch" {
  secret_id = aws_secretsmanager_secret.batch.id
  secret_string = jsonencode({ username = "batch", password = "canary-batch-71aa" })
}

resource "aws_iam_role" "proxy" {
  name = "proxy"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "rds.amazonaws.com" } }] })
}

resource "aws_iam_role_policy" "proxy_access" {
  name = "proxy_access"
  role = aws_iam_role.proxy.name
  policy = jsonencode(merge({ Version = "2012-10-17" }, { Statement = [{ Effect = "Allow", Action = "secretsmanager:GetSecretValue", Resource = [aws_secretsmanager_secret.app.arn, aws_secretsmanager_secret.batch.arn] }] }))
}

module "proxy" {
  source = "./modules/proxy"
  count = 1
  role_arn = aws_iam_role.proxy.arn
  security_group_ids = ["sg-0aa00000000000002"]
  secrets = { app = { arn = aws_secretsmanager_secret.app.arn, mode = "DISABLED" }, batch = { arn = aws_secretsmanager_secret.batch.arn, mode = "DISABLED" } }
  database = aws_rds_cluster.main[0].cluster_identifier
}

locals {
  orders_endpoint = regex("prx-[0-9a-z]+", module.proxy[0].arn)
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

data "aws_iam_policy_document" "orders_connect_base" {
  statement {
    sid       = "Base0"
    effect    = "Allow"
    actions   = ["rds-db:connect"]
    resources = ["arn:aws:rds-db:eu-central-1:${var.account_id}:dbuser:${local.orders_endpoint}/app"]
  }
}

data "aws_iam_policy_document" "orders_connect" {
  source_policy_documents = [data.aws_iam_policy_document.orders_connect_base.json]

  statement {
    sid       = "Logs"
    effect    = "Allow"
    actions   = ["logs:PutLogEvents"]
    resources = ["*"]
  }
}

resource "aws_iam_role_policy" "orders_connect" {
  name = "orders_connect"
  role = aws_iam_role.orders.name
  policy = data.aws_iam_policy_document.orders_connect.json
}

variable "region" {
  type = string
  default = "us-east-1"
}

variable "account_id" {
  type = string
}
