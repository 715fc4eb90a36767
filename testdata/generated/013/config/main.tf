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
  count = 1
  identifier = "orders-db"
  instance_class = "db.m6i.large"
  allocated_storage = 100
  storage_encrypted = true
  username = "root_admin"
  password = "canary-master-9f2c"
  engine = "postgres"
  engine_version = "16.4"
  vpc_security_group_ids = ["sg-0db00000000000001"]
  skip_final_snapshot = true
  iam_database_authentication_enabled = true
}

resource "aws_iam_role" "proxy" {
  name = "proxy"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "rds.amazonaws.com" } }] })
}

locals {
  proxy_access_statements = [{ Effect = "Allow", Action = ["rds-db:connect"], Resource = ["arn:${data.aws_partition.current.partition}:rds-db:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:dbuser:${aws_db_instance.main[0].resource_id}/app"] }]
}

resource "aws_iam_role_policy" "proxy_access" {
  name = "proxy_access"
  role = aws_iam_role.proxy.name
  policy = jsonencode({ Version = "2012-10-17", Statement = local.proxy_access_statements })
}

module "proxy" {
  source = "./modules/proxy"
  role_arn = aws_iam_role.proxy.arn
  security_group_ids = ["sg-0aa00000000000002"]
  secrets = {  }
  database = aws_db_instance.main[0].identifier
}

locals {
  orders_endpoint = module.proxy.name
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

locals {
  orders_connect_statements = [{ Effect = "Allow", Action = ["rds-db:connect"], Resource = ["arn:${data.aws_partition.current.partition}:rds-db:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:dbuser:${local.orders_endpoint}/app"] }]
}

resource "aws_iam_policy" "orders_connect" {
  name = "orders_connect"
  policy = jsonencode({ Version = "2012-10-17", Statement = local.orders_connect_statements })
}

resource "aws_iam_policy_attachment" "orders_connect" {
  name = "orders_connect"
  roles = [aws_iam_role.orders.name]
  policy_arn = aws_iam_policy.orders_connect.arn
}

locals {
  worker_endpoint = reverse(split(":", module.proxy.arn))[0]
}

resource "aws_iam_role" "worker" {
  name = "worker"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }] })
}

locals {
  worker_connect_statements = [{ Effect = "Allow", Action = ["rds-db:connect"], Resource = ["arn:${data.aws_partition.current.partition}:rds-db:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:dbuser:${local.worker_endpoint}/app"] }]
}

resource "aws_iam_role_policy" "worker_connect" {
  name = "worker_connect"
  role = aws_iam_role.worker.id
  policy = jsonencode({ Version = "2012-10-17", Statement = local.worker_connect_statements })
}

data "aws_partition" "current" {}

data "aws_region" "current" {}

data "aws_caller_identity" "current" {}
