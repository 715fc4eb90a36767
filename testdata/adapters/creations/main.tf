terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

provider "aws" {
  region = "eu-west-1"
}

# Its output is known after apply.
resource "terraform_data" "later" {
  input = "later"
}

resource "aws_db_proxy_target" "empty" {
  db_proxy_name     = "legacy"
  target_group_name = "default"
}

resource "aws_db_proxy_target" "unknown" {
  db_proxy_name     = terraform_data.later.output
  target_group_name = "default"
}

# What targets wait for.
resource "aws_secretsmanager_secret_version" "a" {
  secret_id     = "orders/app"
  secret_string = jsonencode({ username = "app", password = "canary-app" })
}

resource "aws_iam_role_policy" "a" {
  for_each = toset(["secrets", "keys"])

  role   = "orders-proxy"
  policy = jsonencode({ Version = "2012-10-17", Statement = [] })
}

resource "terraform_data" "between" {
  input      = aws_secretsmanager_secret_version.a.version_id
  depends_on = [aws_iam_role_policy.a]
}

locals {
  version = aws_secretsmanager_secret_version.a.version_id
}

resource "aws_db_proxy_target" "waits" {
  db_proxy_name          = "orders-proxy"
  target_group_name      = "default"
  db_instance_identifier = "orders"
  depends_on             = [terraform_data.between]
}

resource "aws_db_proxy_target" "behind_local" {
  db_proxy_name          = "orders-proxy"
  target_group_name      = local.version
  db_instance_identifier = "orders"
}
