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

resource "aws_iam_role" "proxy" {
  name = "proxy"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "rds.amazonaws.com" } }] })
}

data "aws_iam_policy_document" "proxy_access" {
  statement {
    effect    = "Allow"
    actions   = ["rds-db:connect"]
    resources = flatten([["arn:aws:rds-db:${var.region}:${var.account_id}:dbuser:${aws_rds_cluster.main.cluster_resource_id}/app"], []])
  }
}

module "proxy_access" {
  source = "./modules/policy"
  name = "proxy_access"
  policy = data.aws_iam_policy_document.proxy_access.json
}

resource "aws_iam_role_policy_attachment" "proxy_access" {
  role = aws_iam_role.proxy.name
  policy_arn = module.proxy_access.arn
}

module "proxy" {
  source = "./modules/proxy"
  role_arn = aws_iam_role.proxy.arn
  security_group_ids = ["sg-0aa00000000000002"]
  secrets = {  }
  database = aws_rds_cluster.main.cluster_identifier
}

locals {
  orders_endpoint = replace(module.proxy.arn, "/^.*:/", "")
}

resource "aws_iam_group" "orders" {
  name = "orders"
}

data "aws_iam_policy_document" "orders_connect_base" {
  statement {
    sid       = "Base0"
    effect    = "Allow"
    actions   = ["rds-db:connect"]
    resources = ["arn:aws:rds-db:${var.region}:${var.account_id}:dbuser:${local.orders_endpoint}/app"]
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

resource "aws_iam_group_policy" "orders_connect" {
  name = "orders_connect"
  group = aws_iam_group.orders.id
  policy = data.aws_iam_policy_document.orders_connect.json
}

variable "region" {
  type = string
  default = "us-east-1"
}

variable "account_id" {
  type = string
  default = "123456789012"
}
