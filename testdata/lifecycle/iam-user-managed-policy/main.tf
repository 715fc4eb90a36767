# An IAM user comes with a token, a job with its password, through one proxy whose role has a managed policy. The update
# takes the secret of the IAM user away.

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
  identifier                          = "orders-db"
  engine                              = "mysql"
  engine_version                      = "8.0.40"
  instance_class                      = "db.m6i.large"
  allocated_storage                   = 100
  username                            = "root_admin"
  password                            = "canary-master-9f2c"
  skip_final_snapshot                 = true
  iam_database_authentication_enabled = true
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

resource "aws_secretsmanager_secret" "jobs" {
  name = "orders/jobs"
}

resource "aws_secretsmanager_secret_version" "jobs" {
  secret_id = aws_secretsmanager_secret.jobs.id
  secret_string = jsonencode({
    username = "jobs"
    password = "canary-jobs-11b7"
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
    resources = [for secret in [aws_secretsmanager_secret.app, aws_secretsmanager_secret.jobs] : secret.arn]
  }
}

resource "aws_iam_policy" "proxy_secrets" {
  name   = "read-database-secrets"
  policy = data.aws_iam_policy_document.proxy_secrets.json
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

  auth {
    auth_scheme = "SECRETS"
    iam_auth    = "DISABLED"
    secret_arn  = aws_secretsmanager_secret.jobs.arn
  }
}

resource "aws_db_proxy_target" "main" {
  db_proxy_name          = aws_db_proxy.main.name
  target_group_name      = "default"
  db_instance_identifier = aws_db_instance.main.identifier
}

resource "aws_iam_user" "operator" {
  name = "operator"
}

data "aws_iam_policy_document" "connect" {
  statement {
    actions   = ["rds-db:connect"]
    resources = ["arn:aws:rds-db:us-east-1:123456789012:dbuser:${element(split(":", aws_db_proxy.main.arn), 6)}/app"]
  }
}

resource "aws_iam_user_policy" "connect" {
  name   = "connect"
  user   = aws_iam_user.operator.name
  policy = data.aws_iam_policy_document.connect.json
}
