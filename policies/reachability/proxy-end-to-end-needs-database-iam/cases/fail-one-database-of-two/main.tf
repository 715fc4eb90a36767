# Two databases by for_each; the proxy of the one without IAM fails: aws_db_proxy.main["archive"].

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
  databases = { orders = true, archive = false }
}

resource "aws_db_instance" "main" {
  for_each = local.databases

  identifier                          = "${each.key}-db"
  engine                              = "mysql"
  engine_version                      = "8.0.40"
  instance_class                      = "db.m6i.large"
  allocated_storage                   = 100
  username                            = "root_admin"
  manage_master_user_password         = true
  iam_database_authentication_enabled = each.value
  skip_final_snapshot                 = true
}

resource "aws_db_proxy" "main" {
  for_each = local.databases

  name                   = "${each.key}-proxy"
  engine_family          = "MYSQL"
  require_tls            = true
  default_auth_scheme    = "IAM_AUTH"
  role_arn               = "arn:aws:iam::123456789012:role/orders-proxy"
  vpc_subnet_ids         = ["subnet-0aaa0000000000001", "subnet-0bbb0000000000002"]
  vpc_security_group_ids = ["sg-0aa00000000000002"]
}

resource "aws_db_proxy_target" "main" {
  for_each = aws_db_proxy.main

  db_proxy_name          = each.value.name
  target_group_name      = "default"
  db_instance_identifier = aws_db_instance.main[each.key].identifier
}
