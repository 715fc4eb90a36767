# A secret that holds user name and password, of one of two users of a map.

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
  users = { app = "canary-app-password", reports = "canary-reports-password" }
}

resource "aws_secretsmanager_secret" "main" {
  for_each = local.users

  name = "orders/${each.key}"
}

resource "aws_secretsmanager_secret_version" "main" {
  for_each = local.users

  secret_id     = aws_secretsmanager_secret.main[each.key].id
  secret_string = jsonencode({ username = each.key, password = each.value })
}
