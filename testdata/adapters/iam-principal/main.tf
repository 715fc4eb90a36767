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

resource "aws_iam_policy" "a" {
  policy = "{}"
}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = [terraform_data.later.output]
    }
  }
}

resource "aws_iam_role" "empty" {
  assume_role_policy = jsonencode({ Statement = { Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "rds.amazonaws.com" } } })
}

resource "aws_iam_role" "known" {
  name                 = "known"
  assume_role_policy   = "canary: this is no policy"
  permissions_boundary = "arn:aws:iam::123456789012:policy/boundary"
  managed_policy_arns  = ["arn:aws:iam::aws:policy/ReadOnlyAccess"]

  inline_policy {
    name   = "inline"
    policy = jsonencode({ Statement = { Effect = "Allow", Action = "rds-db:connect", Resource = "*" } })
  }
}

resource "aws_iam_role" "empty_values" {
  name                 = "empty-values"
  assume_role_policy   = ""
  permissions_boundary = ""
  managed_policy_arns  = []

  inline_policy {}
}

resource "aws_iam_role" "unknown" {
  name                 = terraform_data.later.output
  assume_role_policy   = terraform_data.later.output
  permissions_boundary = terraform_data.later.output
  managed_policy_arns  = split(",", terraform_data.later.output)

  inline_policy {
    name   = terraform_data.later.output
    policy = terraform_data.later.output
  }
}

resource "aws_iam_role" "reference" {
  name_prefix          = "reference-"
  assume_role_policy   = data.aws_iam_policy_document.trust.json
  permissions_boundary = aws_iam_policy.a.arn
  managed_policy_arns  = [aws_iam_policy.a.arn]

  inline_policy {
    name   = "one"
    policy = data.aws_iam_policy_document.trust.json
  }

  # Terraform keeps the text as it is written, and the provider writes it anew.
  inline_policy {
    name   = "three"
    policy = "{ \"Statement\": { \"Effect\": \"Deny\", \"Action\": \"*\", \"Resource\": \"*\" } }"
  }

  inline_policy {
    name   = "two"
    policy = jsonencode({ Statement = { Effect = "Allow", Action = "*", Resource = aws_iam_policy.a.arn } })
  }
}

# The plan shows what it makes, and the configuration section nothing of it.
resource "aws_iam_role" "dynamic" {
  name               = "dynamic"
  assume_role_policy = jsonencode({ Statement = { Effect = "Allow", Action = "sts:AssumeRole", Principal = "*" } })

  dynamic "inline_policy" {
    for_each = ["one"]
    content {
      name   = inline_policy.value
      policy = data.aws_iam_policy_document.trust.json
    }
  }
}

# In the plan the same as a role without inline policies.
resource "aws_iam_role" "dynamic_unknown" {
  name               = "dynamic-unknown"
  assume_role_policy = jsonencode({ Statement = { Effect = "Allow", Action = "sts:AssumeRole", Principal = "*" } })

  dynamic "inline_policy" {
    for_each = terraform_data.later.output == "yes" ? [1] : []
    content {
      name   = "one"
      policy = data.aws_iam_policy_document.trust.json
    }
  }
}

data "aws_iam_role" "known" {
  name = "legacy"
}

data "aws_iam_role" "later" {
  name = aws_iam_role.empty.name
}

resource "aws_iam_user" "empty" {
  name = "empty"
}

resource "aws_iam_user" "unknown" {
  name                 = terraform_data.later.output
  permissions_boundary = terraform_data.later.output
}

resource "aws_iam_user" "reference" {
  name                 = "reference"
  permissions_boundary = aws_iam_policy.a.arn
}

data "aws_iam_user" "known" {
  user_name = "legacy"
}

data "aws_iam_user" "later" {
  user_name = aws_iam_user.unknown.name
}

resource "aws_iam_group" "empty" {
  name = "empty"
}

resource "aws_iam_group" "unknown" {
  name = terraform_data.later.output
}

resource "aws_iam_group" "reference" {
  name = aws_iam_user.unknown.name
}

data "aws_iam_group" "known" {
  group_name = "legacy"
}
