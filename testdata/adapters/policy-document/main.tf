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

resource "aws_secretsmanager_secret" "each" {
  for_each = toset(["one", "two"])
}

resource "aws_iam_role" "a" {
  assume_role_policy = "{}"
}

# Nothing but required arguments: an empty statement.
data "aws_iam_policy_document" "empty" {
  statement {
    resources = [aws_secretsmanager_secret.a.arn]
  }
}

resource "aws_iam_policy" "empty" {
  name   = "empty"
  policy = data.aws_iam_policy_document.empty.json
}

data "aws_iam_policy_document" "known" {
  statement {
    sid       = "Known"
    actions   = ["secretsmanager:GetSecretValue"]
    resources = ["*"]
  }
}

# Known while planning: the text itself.
resource "aws_iam_policy" "known" {
  name   = "known"
  policy = data.aws_iam_policy_document.known.json
}

data "aws_iam_policy_document" "unknown" {
  statement {
    sid       = terraform_data.later.output
    effect    = terraform_data.later.output
    actions   = split(",", terraform_data.later.output)
    resources = split(",", terraform_data.later.output)
    principals {
      type        = terraform_data.later.output
      identifiers = split(",", terraform_data.later.output)
    }
    condition {
      test     = terraform_data.later.output
      variable = terraform_data.later.output
      values   = split(",", terraform_data.later.output)
    }
  }
  statement {
    sid           = "Negated"
    not_actions   = split(",", terraform_data.later.output)
    not_resources = [terraform_data.later.output]
    not_principals {
      type        = "AWS"
      identifiers = [terraform_data.later.output]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:PrincipalTag/team"
      values   = split(",", terraform_data.later.output)
    }
  }
}

resource "aws_iam_policy" "unknown" {
  name   = "unknown"
  policy = data.aws_iam_policy_document.unknown.json
}

data "aws_iam_policy_document" "reference" {
  statement {
    sid       = "Read"
    actions   = ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"]
    resources = [aws_secretsmanager_secret.a.arn, "arn:aws:secretsmanager:*:*:secret:&{aws:username}/*"]
  }
  statement {
    effect    = "Deny"
    actions   = ["secretsmanager:GetSecretValue"]
    resources = [for secret in aws_secretsmanager_secret.each : secret.arn]
    principals {
      type        = "AWS"
      identifiers = [aws_iam_role.a.arn]
    }
    condition {
      test     = "StringNotEquals"
      variable = "aws:PrincipalTag/team"
      values   = ["&{aws:username}", aws_iam_role.a.name]
    }
  }
}

resource "aws_iam_policy" "reference" {
  name   = "reference"
  policy = data.aws_iam_policy_document.reference.json
}

# What a dynamic block makes is listed without its references.
data "aws_iam_policy_document" "dynamic" {
  dynamic "statement" {
    for_each = aws_secretsmanager_secret.each
    content {
      actions   = ["secretsmanager:GetSecretValue"]
      resources = [statement.value.arn]
    }
  }
}

resource "aws_iam_policy" "dynamic" {
  name   = "dynamic"
  policy = data.aws_iam_policy_document.dynamic.json
}

data "aws_iam_policy_document" "dynamic_unknown" {
  dynamic "statement" {
    for_each = terraform_data.later.output == "yes" ? [1] : []
    content {
      actions   = ["secretsmanager:GetSecretValue"]
      resources = ["*"]
    }
  }
}

resource "aws_iam_policy" "dynamic_unknown" {
  name   = "dynamic-unknown"
  policy = data.aws_iam_policy_document.dynamic_unknown.json
}

data "aws_iam_policy_document" "nested_dynamic_unknown" {
  statement {
    actions   = ["sts:AssumeRole"]
    resources = ["*"]
    dynamic "principals" {
      for_each = terraform_data.later.output == "yes" ? [1] : []
      content {
        type        = "Service"
        identifiers = ["rds.amazonaws.com"]
      }
    }
    dynamic "condition" {
      for_each = terraform_data.later.output == "yes" ? [1] : []
      content {
        test     = "Bool"
        variable = "aws:SecureTransport"
        values   = ["true"]
      }
    }
  }
}

resource "aws_iam_policy" "nested_dynamic_unknown" {
  name   = "nested-dynamic-unknown"
  policy = data.aws_iam_policy_document.nested_dynamic_unknown.json
}

# Two that are merged: of statements with one sid the later one stays.
data "aws_iam_policy_document" "merged" {
  source_policy_documents   = [data.aws_iam_policy_document.reference.json, data.aws_iam_policy_document.known.json]
  override_policy_documents = [data.aws_iam_policy_document.empty.json]
  statement {
    sid       = "Read"
    actions   = ["secretsmanager:ListSecrets"]
    resources = ["*"]
  }
}

resource "aws_iam_policy" "merged" {
  name   = "merged"
  policy = data.aws_iam_policy_document.merged.json
}

data "aws_iam_policy_document" "merged_unknown" {
  source_policy_documents = split(",", terraform_data.later.output)
  source_json             = terraform_data.later.output
}

resource "aws_iam_policy" "merged_unknown" {
  name   = "merged-unknown"
  policy = data.aws_iam_policy_document.merged_unknown.json
}

# One of two: nobody can tell which.
resource "aws_iam_policy" "either" {
  name   = "either"
  policy = terraform_data.later.output == "yes" ? data.aws_iam_policy_document.reference.json : data.aws_iam_policy_document.empty.json
}

locals {
  json = data.aws_iam_policy_document.reference.json
}

resource "aws_iam_policy" "local" {
  name   = "local"
  policy = local.json
}

data "aws_iam_policy_document" "each" {
  for_each = aws_secretsmanager_secret.each
  statement {
    actions   = ["secretsmanager:GetSecretValue"]
    resources = [each.value.arn]
  }
}

resource "aws_iam_policy" "each" {
  for_each = aws_secretsmanager_secret.each
  name     = each.key
  policy   = data.aws_iam_policy_document.each[each.key].json
}

# Every feature in the text that is known: principals, conditions, negations.
resource "aws_iam_policy" "text" {
  name = "text"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Sid = "", Effect = "Allow", NotAction = "iam:*", NotResource = ["a", "b"], Principal = "*" },
      {
        Sid       = "Two"
        Effect    = "Deny"
        Action    = ["s3:*"]
        Resource  = "*"
        Principal = { AWS = ["a", "b"], Service = "c" }
        Condition = { StringLike = { "aws:a" = ["x", "y"], "aws:b" = "z" }, Bool = { "aws:c" = true } }
      },
      { Effect = "Allow", Action = "*", Resource = "*", NotPrincipal = { AWS = "d" } },
    ]
  })
}

# The older version of the language has no variables.
data "aws_iam_policy_document" "old" {
  version = "2008-10-17"
  statement {
    resources = ["user/&{aws:username}", aws_secretsmanager_secret.a.arn]
  }
}

resource "aws_iam_policy" "old" {
  name   = "old"
  policy = data.aws_iam_policy_document.old.json
}

# The latest version of all documents is that of the whole.
data "aws_iam_policy_document" "old_merged" {
  source_policy_documents = [jsonencode({
    Statement = [{ Effect = "Allow", Action = "s3:*", Resource = "user/$${aws:username}" }]
  })]
  statement {
    resources = [aws_secretsmanager_secret.a.arn]
  }
}

resource "aws_iam_policy" "old_merged" {
  name   = "old-merged"
  policy = data.aws_iam_policy_document.old_merged.json
}
