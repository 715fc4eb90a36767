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

resource "aws_kms_key" "a" {}

data "aws_iam_policy_document" "a" {
  statement {
    actions   = ["secretsmanager:GetSecretValue"]
    resources = [aws_kms_key.a.arn]
    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::123456789012:role/proxy"]
    }
  }
}

resource "aws_secretsmanager_secret" "empty" {}

resource "aws_secretsmanager_secret" "known" {
  name       = "orders/app"
  kms_key_id = "alias/orders"
  policy = jsonencode({
    Statement = { Effect = "Deny", Action = "*", Resource = "*", Principal = "*" }
  })
}

resource "aws_secretsmanager_secret" "empty_strings" {
  name       = "orders/empty"
  kms_key_id = ""
  policy     = ""
}

resource "aws_secretsmanager_secret" "unknown" {
  name       = terraform_data.later.output
  kms_key_id = terraform_data.later.output
  policy     = terraform_data.later.output
}

resource "aws_secretsmanager_secret" "reference" {
  name_prefix = "orders/"
  kms_key_id  = aws_kms_key.a.arn
  policy      = data.aws_iam_policy_document.a.json
}

resource "aws_secretsmanager_secret" "no_policy" {
  name   = "orders/no-policy"
  policy = "canary: this is no policy"
}

data "aws_secretsmanager_secret" "by_name" {
  name = "legacy"
}

data "aws_secretsmanager_secret" "by_reference" {
  arn = aws_secretsmanager_secret.empty.arn
}

resource "aws_secretsmanager_secret_policy" "known" {
  secret_arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:orders/app-AbCdEf"
  policy     = jsonencode({ Statement = [] })
}

resource "aws_secretsmanager_secret_policy" "unknown" {
  secret_arn = terraform_data.later.output
  policy     = terraform_data.later.output
}

resource "aws_secretsmanager_secret_policy" "reference" {
  secret_arn = aws_secretsmanager_secret.empty.id
  policy     = data.aws_iam_policy_document.a.json
}
