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

resource "aws_iam_role" "each" {
  for_each           = toset(["one", "two"])
  assume_role_policy = "{}"
}

resource "aws_iam_user" "a" {
  name = terraform_data.later.output
}

resource "aws_iam_group" "a" {
  name = terraform_data.later.output
}

resource "aws_iam_policy" "a" {
  policy = "{}"
}

resource "aws_iam_role_policy_attachment" "empty" {
  role       = "legacy"
  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}

resource "aws_iam_role_policy_attachment" "unknown" {
  role       = terraform_data.later.output
  policy_arn = terraform_data.later.output
}

resource "aws_iam_role_policy_attachment" "reference" {
  for_each   = aws_iam_role.each
  role       = each.value.id
  policy_arn = aws_iam_policy.a.arn
}

resource "aws_iam_user_policy_attachment" "empty" {
  user       = "legacy"
  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}

resource "aws_iam_user_policy_attachment" "unknown" {
  user       = terraform_data.later.output
  policy_arn = terraform_data.later.output
}

resource "aws_iam_user_policy_attachment" "reference" {
  user       = aws_iam_user.a.name
  policy_arn = aws_iam_policy.a.id
}

resource "aws_iam_group_policy_attachment" "empty" {
  group      = "legacy"
  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}

resource "aws_iam_group_policy_attachment" "unknown" {
  group      = terraform_data.later.output
  policy_arn = terraform_data.later.output
}

resource "aws_iam_group_policy_attachment" "reference" {
  group      = aws_iam_group.a.name
  policy_arn = aws_iam_policy.a.arn
}

resource "aws_iam_policy_attachment" "empty" {
  name       = "empty"
  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}

resource "aws_iam_policy_attachment" "known" {
  name       = "known"
  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
  roles      = ["one", "two"]
  users      = []
}

locals {
  names = split(",", terraform_data.later.output)
}

resource "aws_iam_policy_attachment" "unknown" {
  name       = "unknown"
  policy_arn = terraform_data.later.output
  roles      = split(",", terraform_data.later.output)
  users      = local.names
}

resource "aws_iam_policy_attachment" "reference" {
  name       = "reference"
  policy_arn = aws_iam_policy.a.arn
  roles      = values(aws_iam_role.each)[*].name
  users      = [aws_iam_user.a.name]
  groups     = [aws_iam_group.a.name, "legacy"]
}

resource "aws_iam_user_group_membership" "empty" {
  user   = "legacy"
  groups = ["readers"]
}

resource "aws_iam_user_group_membership" "unknown" {
  user   = terraform_data.later.output
  groups = split(",", terraform_data.later.output)
}

resource "aws_iam_user_group_membership" "reference" {
  user   = aws_iam_user.a.name
  groups = [aws_iam_group.a.name]
}

resource "aws_iam_group_membership" "empty" {
  name  = "empty"
  group = "legacy"
  users = ["reader"]
}

resource "aws_iam_group_membership" "unknown" {
  name  = "unknown"
  group = terraform_data.later.output
  users = split(",", terraform_data.later.output)
}

resource "aws_iam_group_membership" "reference" {
  name  = "reference"
  group = aws_iam_group.a.name
  users = [aws_iam_user.a.name]
}
