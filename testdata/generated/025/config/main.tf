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

resource "aws_kms_key" "main" {
  description = "secrets"
}

locals {
  credentials = { app = { username = "app", password = "canary-app-71aa" } }
}

resource "aws_secretsmanager_secret" "user" {
  for_each = toset(["app"])
  name = format("orders/%s", each.value)
  kms_key_id = aws_kms_key.main.arn
}

resource "aws_secretsmanager_secret_version" "user" {
  for_each = toset(["app"])
  secret_id = aws_secretsmanager_secret.user[each.key].id
  secret_string = jsonencode(local.credentials[each.key])
}

resource "aws_iam_role" "proxy" {
  name = "proxy"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "rds.amazonaws.com" } }] })
}

resource "aws_iam_role_policy" "proxy_access" {
  name = "proxy_access"
  role = aws_iam_role.proxy.id
  policy = <<-JSON
    {
      "Version": "2012-10-17",
      "Statement": [
    %{~ for index, version in ["2012-10-17"] ~}
        { "Effect": "Allow", "Action": ["secretsmanager:GetSecretValue"], "Resource": ["${aws_secretsmanager_secret.user["app"].arn}"] }
    %{~ endfor ~}
      ]
    }
  JSON
}

module "proxy" {
  source = "./modules/proxy"
  count = 1
  role_arn = aws_iam_role.proxy.arn
  security_group_ids = ["sg-0aa00000000000002"]
  secrets = { app = { arn = aws_secretsmanager_secret.user["app"].arn, mode = "REQUIRED" } }
  database = aws_db_instance.main.identifier
}

locals {
  orders_arn = "arn:${data.aws_partition.current.partition}:rds-db:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:dbuser:${regex("prx-[0-9a-z]+", module.proxy[0].arn)}/app"
}

resource "aws_iam_role" "orders" {
  name = "orders"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }] })
}

data "aws_iam_policy_document" "orders_connect" {
  statement {
    effect    = "Allow"
    actions   = ["rds-db:connect"]
    resources = [for arn in [local.orders_arn] : arn]
  }
}

resource "aws_iam_role_policy" "orders_connect" {
  name = "orders_connect"
  role = aws_iam_role.orders.id
  policy = data.aws_iam_policy_document.orders_connect.json
}

locals {
  reporting_arn = "arn:${data.aws_partition.current.partition}:rds-db:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:dbuser:${aws_db_instance.main.resource_id}/reporting"
}

resource "aws_iam_role" "reporting" {
  name = "reporting"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }] })
}

module "reporting_connect" {
  source = "./modules/policy"
  name = "reporting_connect"
  policy = jsonencode({ Version = "2012-10-17", Statement = concat([{ Effect = "Allow", Action = ["rds-db:connect"], Resource = [local.reporting_arn] }], [{ Effect = "Allow", Action = ["logs:PutLogEvents"], Resource = ["*"] }]) })
}

resource "aws_iam_role_policy_attachment" "reporting_connect" {
  role = aws_iam_role.reporting.name
  policy_arn = module.reporting_connect.arn
}

locals {
  worker_arn = "arn:${data.aws_partition.current.partition}:rds-db:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:dbuser:${regex("prx-[0-9a-z]+", module.proxy[0].arn)}/app"
}

resource "aws_iam_role" "worker" {
  name = "worker"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }] })
}

locals {
  worker_connect_statements = [{ Effect = "Allow", Action = ["rds-db:connect"], Resource = [local.worker_arn] }]
}

module "worker_connect" {
  source = "./modules/policy"
  name = "worker_connect"
  policy = jsonencode({ Version = "2012-10-17", Statement = local.worker_connect_statements })
}

resource "aws_iam_role_policy_attachment" "worker_connect" {
  role = aws_iam_role.worker.name
  policy_arn = module.worker_connect.arn
}

data "aws_partition" "current" {}

data "aws_region" "current" {}

data "aws_caller_identity" "current" {}
