terraform {
  required_version = ">= 1.1"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 4.67"
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

resource "aws_rds_cluster" "main" {
  cluster_identifier                  = "orders-db"
  engine                              = "aurora-mysql"
  engine_version                      = "8.0.mysql_aurora.3.08.0"
  database_name                       = "orders"
  master_username                     = "root_admin"
  master_password                     = var.master_password
  vpc_security_group_ids              = ["sg-0db00000000000001"]
  skip_final_snapshot                 = true
  iam_database_authentication_enabled = true
}

resource "aws_rds_cluster_instance" "main_0" {
  cluster_identifier = aws_rds_cluster.main.id
  identifier         = "orders-db-0"
  engine             = aws_rds_cluster.main.engine
  instance_class     = "db.r6g.large"
}

resource "aws_secretsmanager_secret" "app" {
  name = "orders/app"
}

resource "aws_secretsmanager_secret_version" "app" {
  secret_id = aws_secretsmanager_secret.app.id
  secret_string = jsonencode({
    username = "app"
    password = "canary-app-71aa"
  })
}

resource "aws_iam_role" "proxy" {
  name = "proxy"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "rds.amazonaws.com" } }]
  })
}

resource "aws_iam_policy" "proxy_secrets" {
  name = "proxy_secrets"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["secretsmanager:GetSecretValue"]
      Resource = [aws_secretsmanager_secret.app.arn]
    }]
  })
}

resource "aws_iam_role_policy_attachment" "proxy_secrets" {
  role       = aws_iam_role.proxy.name
  policy_arn = aws_iam_policy.proxy_secrets.arn
}

module "proxy" {
  source              = "./modules/proxy"
  name                = "orders-proxy"
  role_arn            = aws_iam_role.proxy.arn
  security_group_ids  = ["sg-0aa00000000000002"]
  secret_arns         = { app = aws_secretsmanager_secret.app.arn }
  database_identifier = aws_rds_cluster.main.cluster_identifier
}

resource "aws_iam_role" "orders" {
  name = "orders"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
}

resource "aws_iam_policy" "orders_connect" {
  name = "orders_connect"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["rds-db:connect"]
      Resource = ["arn:aws:rds-db:us-east-1:123456789012:dbuser:${module.proxy.resource_id}/app"]
    }]
  })
}

resource "aws_iam_role_policy_attachment" "orders_connect" {
  role       = aws_iam_role.orders.name
  policy_arn = aws_iam_policy.orders_connect.arn
}

resource "aws_iam_role" "reporting" {
  name = "reporting"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
}

resource "aws_iam_policy" "reporting_connect" {
  name = "reporting_connect"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["rds-db:connect"]
      Resource = ["arn:aws:rds-db:us-east-1:123456789012:dbuser:${aws_rds_cluster.main.cluster_identifier}/reporting"]
    }]
  })
}

resource "aws_iam_role_policy_attachment" "reporting_connect" {
  role       = aws_iam_role.reporting.name
  policy_arn = aws_iam_policy.reporting_connect.arn
}
