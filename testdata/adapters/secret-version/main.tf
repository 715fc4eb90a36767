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

resource "aws_secretsmanager_secret" "a" {}

variable "password" {
  default   = "canary-variable"
  sensitive = true
}

resource "aws_secretsmanager_secret_version" "empty" {
  secret_id = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:orders/app-AbCdEf"
}

resource "aws_secretsmanager_secret_version" "unknown" {
  secret_id     = terraform_data.later.output
  secret_string = terraform_data.later.output
}

resource "aws_secretsmanager_secret_version" "reference" {
  secret_id     = aws_secretsmanager_secret.a.id
  secret_string = jsonencode({ username = "app", password = terraform_data.later.output })
}

resource "aws_secretsmanager_secret_version" "object" {
  secret_id     = aws_secretsmanager_secret.a.arn
  secret_string = jsonencode({ username = "app", password = var.password, port = 5432 })
}

resource "random_password" "a" {
  length = 32
}

resource "aws_secretsmanager_secret_version" "generated" {
  secret_id     = aws_secretsmanager_secret.a.id
  secret_string = jsonencode({ username = "app", password = random_password.a.result })
}

resource "aws_secretsmanager_secret_version" "without_password" {
  secret_id     = aws_secretsmanager_secret.a.id
  secret_string = jsonencode({ username = "app" })
}

resource "aws_secretsmanager_secret_version" "without_username" {
  secret_id     = aws_secretsmanager_secret.a.id
  secret_string = jsonencode({ user = "app", password = "canary-password" })
}

resource "aws_secretsmanager_secret_version" "empty_fields" {
  secret_id     = aws_secretsmanager_secret.a.id
  secret_string = jsonencode({ username = "", password = null })
}

resource "aws_secretsmanager_secret_version" "list" {
  secret_id     = aws_secretsmanager_secret.a.id
  secret_string = jsonencode(["app", "canary-password"])
}

resource "aws_secretsmanager_secret_version" "not_json" {
  secret_id     = aws_secretsmanager_secret.a.id
  secret_string = "canary-password"
}

resource "aws_secretsmanager_secret_version" "empty_string" {
  secret_id     = aws_secretsmanager_secret.a.id
  secret_string = ""
}

resource "aws_secretsmanager_secret_version" "binary" {
  secret_id     = aws_secretsmanager_secret.a.id
  secret_binary = base64encode("canary-password")
}

resource "aws_secretsmanager_secret_version" "write_only" {
  secret_id                = aws_secretsmanager_secret.a.id
  secret_string_wo         = jsonencode({ username = "app", password = "canary-password" })
  secret_string_wo_version = 1
}

data "aws_secretsmanager_secret_version" "known" {
  secret_id = "legacy"
}

data "aws_secretsmanager_secret_version" "later" {
  secret_id = aws_secretsmanager_secret.a.id
}
