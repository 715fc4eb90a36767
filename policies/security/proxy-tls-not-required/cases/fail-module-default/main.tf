# A module leaves require_tls to whoever calls it: one call sets it, the other does not.

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
  name = "orders/app"
}

resource "aws_secretsmanager_secret_version" "app" {
  secret_id     = aws_secretsmanager_secret.app.id
  secret_string = jsonencode({ username = "app", password = "canary-app-71aa" })
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
    resources = [aws_secretsmanager_secret.app.arn]
  }
}

resource "aws_iam_role_policy" "proxy_secrets" {
  name   = "proxy-secrets"
  role   = aws_iam_role.proxy.name
  policy = data.aws_iam_policy_document.proxy_secrets.json
}

module "safe" {
  source     = "./modules/proxy"
  name       = "orders-safe"
  tls        = true
  secret_arn = aws_secretsmanager_secret.app.arn
  role_arn   = aws_iam_role.proxy.arn
}

module "open" {
  source     = "./modules/proxy"
  name       = "orders-open"
  secret_arn = aws_secretsmanager_secret.app.arn
  role_arn   = aws_iam_role.proxy.arn
}

resource "aws_db_proxy_target" "main" {
  for_each = toset([module.safe.name, module.open.name])

  db_proxy_name          = each.key
  target_group_name      = "default"
  db_instance_identifier = aws_db_instance.main.identifier
}
