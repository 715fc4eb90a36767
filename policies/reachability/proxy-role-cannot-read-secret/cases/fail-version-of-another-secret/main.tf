# The role may read another secret, named by its version.

terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
  }
}

provider "aws" {
  region = "us-west-2"
}

resource "aws_db_instance" "main" {
  identifier                  = "orders-db"
  engine                      = "postgres"
  engine_version              = "16.6"
  instance_class              = "db.m6i.large"
  allocated_storage           = 100
  username                    = "root_admin"
  manage_master_user_password = true
  skip_final_snapshot         = true
}

resource "aws_secretsmanager_secret" "app" {
  name = "orders/app"
}

resource "aws_secretsmanager_secret_version" "app" {
  secret_id = aws_secretsmanager_secret.app.id
  secret_string = jsonencode({
    username = "app"
    password = "canary-app-52d0"
  })
}

resource "aws_secretsmanager_secret" "other" {
  name = "orders/other"
}

resource "aws_secretsmanager_secret_version" "other" {
  secret_id = aws_secretsmanager_secret.other.id
  secret_string = jsonencode({
    username = "other"
    password = "canary-other-52d0"
  })
}

resource "aws_iam_role" "proxy" {
  name = "orders-proxy"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "rds.amazonaws.com" } }]
  })
}

data "aws_iam_policy_document" "proxy_secrets" {
  statement {
    actions   = ["secretsmanager:GetSecretValue"]
    resources = [aws_secretsmanager_secret_version.other.arn]
  }
}

resource "aws_iam_role_policy" "proxy_secrets" {
  name   = "proxy-secrets"
  role   = aws_iam_role.proxy.name
  policy = data.aws_iam_policy_document.proxy_secrets.json
}

resource "aws_db_proxy" "main" {
  name                   = "orders-proxy"
  engine_family          = "POSTGRESQL"
  require_tls            = true
  role_arn               = aws_iam_role.proxy.arn
  vpc_subnet_ids         = ["subnet-0aaa0000000000001", "subnet-0bbb0000000000002"]
  vpc_security_group_ids = ["sg-0aa00000000000002"]

  auth {
    auth_scheme = "SECRETS"
    iam_auth    = "DISABLED"
    secret_arn  = aws_secretsmanager_secret.app.arn
  }
}

resource "aws_db_proxy_target" "main" {
  db_proxy_name          = aws_db_proxy.main.name
  target_group_name      = "default"
  db_instance_identifier = aws_db_instance.main.identifier
}
