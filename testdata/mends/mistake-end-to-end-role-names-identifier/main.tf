terraform {
  required_version = ">= 1.5"
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

variable "master_password" {
  type      = string
  sensitive = true
  default   = "canary-master-9f2c"
}

resource "aws_db_instance" "main" {
  identifier                          = "orders-db"
  engine                              = "mysql"
  engine_version                      = "8.0.40"
  instance_class                      = "db.m6i.large"
  allocated_storage                   = 100
  storage_encrypted                   = true
  username                            = "root_admin"
  password                            = var.master_password
  vpc_security_group_ids              = ["sg-0db00000000000001"]
  skip_final_snapshot                 = true
  iam_database_authentication_enabled = true
}

resource "aws_iam_role" "proxy" {
  name = "proxy"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "rds.amazonaws.com" } }]
  })
}

locals {
  proxy_secrets_policy = {
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["rds-db:connect"]
      Resource = ["arn:aws:rds-db:us-east-1:123456789012:dbuser:${aws_db_instance.main.resource_id}/app"]
    }]
  }
}

resource "aws_iam_role_policy" "proxy_secrets" {
  name   = "proxy_secrets"
  role   = aws_iam_role.proxy.id
  policy = jsonencode(local.proxy_secrets_policy)
}

module "proxy" {
  source              = "./modules/proxy"
  name                = "orders-proxy"
  role_arn            = aws_iam_role.proxy.arn
  security_group_ids  = ["sg-0aa00000000000002"]
  secret_arns         = {}
  database_identifier = aws_db_instance.main.identifier
}

resource "aws_iam_role" "orders" {
  name = "orders"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
}

locals {
  orders_connect_policy = {
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["rds-db:connect"]
      Resource = ["arn:aws:rds-db:us-east-1:123456789012:dbuser:${module.proxy.resource_id}/app"]
    }]
  }
}

resource "aws_iam_role_policy" "orders_connect" {
  name   = "orders_connect"
  role   = aws_iam_role.orders.id
  policy = jsonencode(local.orders_connect_policy)
}

resource "aws_iam_role_policy" "proxy_connects_to_main" {
  name = "proxy_connects_to_main"
  role = aws_iam_role.proxy.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "rds-db:connect"
      Resource = ["arn:aws:rds-db:us-east-1:123456789012:dbuser:${aws_db_instance.main.resource_id}/app"]
    }]
  })
}
