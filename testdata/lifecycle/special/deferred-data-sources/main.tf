# Data sources that wait for something: a cluster, a proxy, a secret and a policy document are read during apply.

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

resource "terraform_data" "migration" {
  input = "done"
}

data "aws_rds_cluster" "main" {
  cluster_identifier = "orders-db"
  depends_on         = [terraform_data.migration]
}

data "aws_db_proxy" "main" {
  name       = "orders-proxy"
  depends_on = [terraform_data.migration]
}

data "aws_secretsmanager_secret" "app" {
  name       = "orders/app"
  depends_on = [terraform_data.migration]
}

data "aws_iam_policy_document" "trust" {
  depends_on = [terraform_data.migration]

  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["rds.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "proxy" {
  name               = "orders-proxy"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

data "aws_iam_policy_document" "proxy_secrets" {
  statement {
    actions   = ["secretsmanager:GetSecretValue"]
    resources = [data.aws_secretsmanager_secret.app.arn]
  }
}

resource "aws_iam_role_policy" "proxy_secrets" {
  name   = "proxy-secrets"
  role   = aws_iam_role.proxy.name
  policy = data.aws_iam_policy_document.proxy_secrets.json
}

resource "aws_db_proxy" "new" {
  name                   = "orders-proxy-new"
  engine_family          = "POSTGRESQL"
  require_tls            = true
  role_arn               = aws_iam_role.proxy.arn
  vpc_subnet_ids         = ["subnet-0aaa0000000000001", "subnet-0bbb0000000000002"]
  vpc_security_group_ids = ["sg-0aa00000000000002"]

  auth {
    auth_scheme = "SECRETS"
    iam_auth    = "REQUIRED"
    secret_arn  = data.aws_secretsmanager_secret.app.arn
  }
}

resource "aws_db_proxy_target" "main" {
  db_proxy_name         = aws_db_proxy.new.name
  target_group_name     = "default"
  db_cluster_identifier = data.aws_rds_cluster.main.cluster_identifier
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
    resources = ["arn:aws:rds-db:us-east-1:123456789012:dbuser:${data.aws_rds_cluster.main.cluster_resource_id}/analyst"]
  }
  statement {
    actions   = ["rds-db:connect"]
    resources = ["arn:aws:rds-db:us-east-1:123456789012:dbuser:${element(split(":", data.aws_db_proxy.main.arn), 6)}/app"]
  }
}

resource "aws_iam_role_policy" "orders_connect" {
  name   = "orders-connect"
  role   = aws_iam_role.orders.name
  policy = data.aws_iam_policy_document.orders_connect.json
}
