# The policy covers every secret whose name begins with the prefix.

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

resource "aws_db_instance" "main" {
  identifier                  = "orders-db"
  engine                      = "mysql"
  engine_version              = "8.0.40"
  instance_class              = "db.m6i.large"
  allocated_storage           = 100
  username                    = "root_admin"
  manage_master_user_password = true
  skip_final_snapshot         = true
}

resource "aws_secretsmanager_secret" "app" {
  name_prefix = "orders-app-"
}

resource "aws_secretsmanager_secret_version" "app" {
  secret_id = aws_secretsmanager_secret.app.id
  secret_string = jsonencode({
    username = "app"
    password = "canary-app-71aa"
  })
}

resource "aws_iam_role" "proxy" {
  name = "orders-proxy"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "rds.amazonaws.com" } }]
  })
}

resource "aws_iam_policy" "proxy_secrets" {
  name = "read-database-secrets"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "secretsmanager:GetSecretValue"
      Resource = "arn:aws:secretsmanager:us-east-1:123456789012:secret:orders-app-*"
    }]
  })
}

resource "aws_iam_role_policy_attachment" "proxy_secrets" {
  role       = aws_iam_role.proxy.name
  policy_arn = aws_iam_policy.proxy_secrets.arn
}

resource "aws_db_proxy" "main" {
  name                   = "orders-proxy"
  engine_family          = "MYSQL"
  require_tls            = true
  role_arn               = aws_iam_role.proxy.arn
  vpc_subnet_ids         = ["subnet-0aaa0000000000001", "subnet-0bbb0000000000002"]
  vpc_security_group_ids = ["sg-0aa00000000000002"]

  auth {
    auth_scheme = "SECRETS"
    iam_auth    = "REQUIRED"
    secret_arn  = aws_secretsmanager_secret.app.arn
  }
}

resource "aws_db_proxy_target" "main" {
  db_proxy_name          = aws_db_proxy.main.name
  target_group_name      = "default"
  db_instance_identifier = aws_db_instance.main.identifier
}
