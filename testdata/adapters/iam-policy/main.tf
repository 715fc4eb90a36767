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

resource "aws_iam_user" "a" {
  name = "a"
}

resource "aws_iam_group" "a" {
  name = "a"
}

resource "aws_iam_policy" "empty" {
  policy = jsonencode({ Statement = { Effect = "Allow", Action = "s3:*", Resource = "*" } })
}

resource "aws_iam_policy" "known" {
  name   = "known"
  policy = "canary: this is no policy"
}

resource "aws_iam_policy" "empty_string" {
  name   = "empty-string"
  policy = ""
}

resource "aws_iam_policy" "unknown" {
  name   = terraform_data.later.output
  policy = terraform_data.later.output
}

resource "aws_iam_policy" "reference" {
  name_prefix = "reference-"
  policy      = jsonencode({ Statement = { Effect = "Allow", Action = "rds-db:connect", Resource = aws_iam_role.a.arn } })
}

data "aws_iam_policy" "by_arn" {
  arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}

data "aws_iam_policy" "by_name" {
  name = aws_iam_policy.unknown.name
}

resource "aws_iam_role_policy" "empty" {
  role   = "legacy"
  policy = jsonencode({ Statement = { Effect = "Deny", Action = "*", Resource = "*" } })
}

resource "aws_iam_role_policy" "unknown" {
  name   = terraform_data.later.output
  role   = terraform_data.later.output
  policy = terraform_data.later.output
}

resource "aws_iam_role_policy" "reference" {
  role   = aws_iam_role.a.id
  policy = module.document.json
}

module "document" {
  source   = "./modules/document"
  resource = aws_iam_user.a
}

resource "aws_iam_user_policy" "empty" {
  user   = "legacy"
  policy = jsonencode({ Statement = { Effect = "Deny", Action = "*", Resource = "*" } })
}

resource "aws_iam_user_policy" "unknown" {
  user   = terraform_data.later.output
  policy = terraform_data.later.output
}

resource "aws_iam_user_policy" "reference" {
  user   = aws_iam_user.a.id
  policy = module.document.json
}

resource "aws_iam_group_policy" "empty" {
  group  = "legacy"
  policy = jsonencode({ Statement = { Effect = "Deny", Action = "*", Resource = "*" } })
}

resource "aws_iam_group_policy" "unknown" {
  group  = terraform_data.later.output
  policy = terraform_data.later.output
}

resource "aws_iam_group_policy" "reference" {
  group  = aws_iam_group.a.id
  policy = module.document.json
}
