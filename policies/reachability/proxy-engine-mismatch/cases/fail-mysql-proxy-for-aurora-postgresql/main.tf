# The family of the proxy is not that of the cluster; the proxies come from a map of clusters.

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

locals {
  databases = { orders = "aurora-postgresql" }
}

resource "aws_rds_cluster" "main" {
  for_each = local.databases

  cluster_identifier          = "${each.key}-db"
  engine                      = each.value
  engine_version              = "16.4"
  master_username             = "root_admin"
  manage_master_user_password = true
  skip_final_snapshot         = true
}

resource "aws_db_proxy" "main" {
  for_each = local.databases

  name                   = "${each.key}-proxy"
  engine_family          = "MYSQL"
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

resource "aws_db_proxy_target" "main" {
  for_each = local.databases

  db_proxy_name         = aws_db_proxy.main[each.key].name
  target_group_name     = "default"
  db_cluster_identifier = aws_rds_cluster.main[each.key].cluster_identifier
}
