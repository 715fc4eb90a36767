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

resource "aws_iam_role" "a" {
  assume_role_policy = "{}"
}

data "aws_iam_policy_document" "a" {
  statement {
    actions   = ["kms:*"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = [aws_iam_role.a.arn]
    }
  }
}

resource "aws_kms_key" "empty" {}

resource "aws_kms_key" "known" {
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "kms:*", Resource = "*", Principal = { AWS = "arn:aws:iam::123456789012:root" } }]
  })
}

resource "aws_kms_key" "empty_string" {
  policy = ""
}

resource "aws_kms_key" "unknown" {
  policy = terraform_data.later.output
}

resource "aws_kms_key" "reference" {
  policy = data.aws_iam_policy_document.a.json
}

data "aws_kms_key" "known" {
  key_id = "alias/legacy"
}

data "aws_kms_key" "later" {
  key_id = aws_kms_key.empty.key_id
}

resource "aws_kms_alias" "known" {
  name          = "alias/known"
  target_key_id = "1234abcd-12ab-34cd-56ef-1234567890ab"
}

resource "aws_kms_alias" "unknown" {
  name          = "alias/unknown"
  target_key_id = terraform_data.later.output
}

resource "aws_kms_alias" "reference" {
  name          = "alias/reference"
  target_key_id = aws_kms_key.empty.id
}

resource "aws_kms_key_policy" "known" {
  key_id = "1234abcd-12ab-34cd-56ef-1234567890ab"
  policy = jsonencode({ Statement = { Effect = "Allow", Action = "kms:Decrypt", Resource = "*" } })
}

resource "aws_kms_key_policy" "unknown" {
  key_id = terraform_data.later.output
  policy = terraform_data.later.output
}

resource "aws_kms_key_policy" "reference" {
  key_id = aws_kms_key.empty.key_id
  policy = data.aws_iam_policy_document.a.json
}

resource "aws_kms_grant" "known" {
  key_id            = "1234abcd-12ab-34cd-56ef-1234567890ab"
  grantee_principal = "arn:aws:iam::123456789012:role/proxy"
  operations        = ["Decrypt"]
}

resource "aws_kms_grant" "unknown" {
  key_id            = terraform_data.later.output
  grantee_principal = terraform_data.later.output
  operations        = split(",", terraform_data.later.output)
}

resource "aws_kms_grant" "reference" {
  key_id            = aws_kms_key.empty.key_id
  grantee_principal = aws_iam_role.a.arn
  operations        = ["Encrypt", terraform_data.later.output]
}
