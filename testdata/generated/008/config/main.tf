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
  engine = "aurora-postgresql"
  engine_version = "16.4"
  vpc_security_group_ids = ["sg-0db00000000000001"]
  skip_final_snapshot = true
  iam_database_authentication_enabled = true
}

resource "aws_rds_cluster_instance" "main" {
  count = 2
  cluster_identifier = aws_rds_cluster.main[0].id
  identifier = "orders-db-${count.index}"
  engine = "aurora-postgresql"
  instance_class = "db.r6g.large"
}

locals {
  credentials = { app = { username = "app", password = "canary-app-71aa" }, batch = { username = "batch", password = "canary-batch-71aa" } }
}

resource "aws_secretsmanager_secret" "user" {
  for_each = local.credentials
  name = "orders/${each.key}"
}

resource "aws_secretsmanager_secret_version" "user" {
  for_each = local.credentials
  secret_id = aws_secretsmanager_secret.user[each.key].id
  secret_string = jsonencode(each.value)
}

resource "aws_iam_role" "proxy" {
  name = "proxy"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "rds.amazonaws.com" } }] })
}

locals {
  proxy_access_statements = [{ Effect = "Allow", Action = ["secretsmanager:GetSecretValue"], Resource = [aws_secretsmanager_secret.user["app"].arn, aws_secretsmanager_secret.user["batch"].arn] }]
}

resource "aws_iam_policy" "proxy_access" {
  name = "proxy_access"
  policy = jsonencode({ Version = "2012-10-17", Statement = local.proxy_access_statements })
}

resource "aws_iam_role_policy_attachment" "proxy_access" {
  for_each = { own = aws_iam_policy.proxy_access.arn }
  role = aws_iam_role.proxy.name
  policy_arn = each.value
}

module "proxy" {
  source = "./modules/proxy"
  for_each = toset(["orders"])
  role_arn = aws_iam_role.proxy.arn
  security_group_ids = ["sg-0aa00000000000002"]
  secrets = { app = { arn = aws_secretsmanager_secret.user["app"].arn, mode = null }, batch = { arn = aws_secretsmanager_secret.user["batch"].arn, mode = "REQUIRED" } }
  database = aws_rds_cluster.main[0].cluster_identifier
}

locals {
  orders_endpoint = element(split(":", module.proxy["orders"].arn), 6)
}

resource "aws_iam_role" "orders" {
  name = "orders"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }] })
}

resource "aws_iam_policy" "orders_connect" {
  name = "orders_connect"
  policy = <<-JSON
    {
      "Version": "2012-10-17",
      "Statement": [
        { "Effect": "Allow", "Action": ["rds-db:connect"], "Resource": ["arn:aws:rds-db:us-east-1:123456789012:dbuser:${local.orders_endpoint}/app"] }
      ]
    }
  JSON
}

resource "aws_iam_role_policy_attachment" "orders_connect" {
  for_each = { own = aws_iam_policy.orders_connect.arn }
  role = aws_iam_role.orders.name
  policy_arn = each.value
}

locals {
  reporting_endpoint = aws_rds_cluster.main[0].cluster_resource_id
}

resource "aws_iam_role" "reporting" {
  name = "reporting"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }] })
}

data "aws_iam_policy_document" "reporting_connect" {
  statement {
    effect    = "Allow"
    actions   = ["rds-db:connect"]
    resources = flatten([["arn:aws:rds-db:us-east-1:123456789012:dbuser:${local.reporting_endpoint}/reporting"], []])
  }
}

resource "aws_iam_policy" "reporting_connect" {
  name = "reporting_connect"
  policy = data.aws_iam_policy_document.reporting_connect.json
}

resource "aws_iam_role_policy_attachment" "reporting_connect" {
  for_each = { own = aws_iam_policy.reporting_connect.arn }
  role = aws_iam_role.reporting.name
  policy_arn = each.value
}

locals {
  worker_endpoint = element(split(":", module.proxy["orders"].arn), 6)
}

resource "aws_iam_role" "worker" {
  name = "worker"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }] })
}

data "aws_iam_policy_document" "worker_connect" {
  statement {
    effect    = "Allow"
    actions   = ["rds-db:connect"]
    resources = [for arn in ["arn:aws:rds-db:us-east-1:123456789012:dbuser:${local.worker_endpoint}/app"] : arn]
  }
}

resource "aws_iam_policy" "worker_connect" {
  name = "worker_connect"
  policy = data.aws_iam_policy_document.worker_connect.json
}

resource "aws_iam_role_policy_attachment" "worker_connect" {
  for_each = { own = aws_iam_policy.worker_connect.arn }
  role = aws_iam_role.worker.name
  policy_arn = each.value
}
