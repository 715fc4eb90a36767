# Instances by count, clusters by for_each, with splats, instance keys and a key that holds a dot and a quote.

terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
  }
}

provider "aws" {
  region = "us-east-1"
}

resource "aws_db_instance" "shard" {
  count = 3

  identifier                          = "shard-${count.index}"
  engine                              = "postgres"
  engine_version                      = "16.4"
  instance_class                      = "db.m6i.large"
  allocated_storage                   = 100
  username                            = "root_admin"
  manage_master_user_password         = true
  iam_database_authentication_enabled = count.index != 1
  skip_final_snapshot                 = true
}

variable "clusters" {
  type = map(object({ engine = string, version = string, iam = bool }))
  default = {
    "orders.v2"       = { engine = "aurora-postgresql", version = "16.4", iam = true }
    "bill \"quoted\"" = { engine = "aurora-mysql", version = "8.0.mysql_aurora.3.08.0", iam = false }
  }
}

resource "aws_rds_cluster" "main" {
  for_each = var.clusters

  cluster_identifier                  = "cluster-${substr(each.key, 0, 4)}"
  engine                              = each.value.engine
  engine_version                      = each.value.version
  master_username                     = "root_admin"
  manage_master_user_password         = true
  iam_database_authentication_enabled = each.value.iam
  skip_final_snapshot                 = true
}

locals {
  cluster_instances = merge([for name, cluster in var.clusters : { for n in range(2) : "${name}-${n}" => name }]...)
}

resource "aws_rds_cluster_instance" "main" {
  for_each = local.cluster_instances

  cluster_identifier = aws_rds_cluster.main[each.value].id
  engine             = aws_rds_cluster.main[each.value].engine
  instance_class     = "db.r6g.large"
}

resource "aws_iam_role" "orders" {
  name = "orders"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
}

data "aws_iam_policy_document" "orders_connect" {
  statement {
    actions   = ["rds-db:connect"]
    resources = ["arn:aws:rds-db:us-east-1:123456789012:dbuser:${aws_db_instance.shard[0].resource_id}/app", "arn:aws:rds-db:us-east-1:123456789012:dbuser:${aws_db_instance.shard[1].resource_id}/app"]
  }
  statement {
    actions   = ["rds-db:connect"]
    resources = ["arn:aws:rds-db:us-east-1:123456789012:dbuser:${aws_rds_cluster.main["orders.v2"].cluster_resource_id}/app"]
  }
}

resource "aws_iam_role_policy" "orders_connect" {
  name   = "orders-connect"
  role   = aws_iam_role.orders.name
  policy = data.aws_iam_policy_document.orders_connect.json
}

resource "aws_iam_role" "reader" {
  name = "reader"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
}

data "aws_iam_policy_document" "reader_connect" {
  statement {
    actions   = ["rds-db:connect"]
    resources = [for id in aws_db_instance.shard[*].resource_id : "arn:aws:rds-db:us-east-1:123456789012:dbuser:${id}/reader"]
  }
}

resource "aws_iam_role_policy" "reader_connect" {
  name   = "reader-connect"
  role   = aws_iam_role.reader.name
  policy = data.aws_iam_policy_document.reader_connect.json
}

resource "aws_db_proxy" "shard" {
  count = 2

  name                   = "shard-${count.index}"
  engine_family          = "POSTGRESQL"
  require_tls            = true
  role_arn               = "arn:aws:iam::123456789012:role/orders-proxy"
  vpc_subnet_ids         = ["subnet-0aaa0000000000001", "subnet-0bbb0000000000002"]
  vpc_security_group_ids = ["sg-0aa00000000000002"]

  auth {
    auth_scheme = "SECRETS"
    iam_auth    = "REQUIRED"
    secret_arn  = "arn:aws:secretsmanager:us-east-1:123456789012:secret:orders/app-Ab12Cd"
  }
}

resource "aws_db_proxy_target" "shard" {
  count = 2

  db_proxy_name          = aws_db_proxy.shard[count.index].name
  target_group_name      = "default"
  db_instance_identifier = aws_db_instance.shard[count.index].identifier
}
