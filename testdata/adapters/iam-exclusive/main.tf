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

resource "aws_iam_policy" "a" {
  policy = "{}"
}

resource "aws_iam_role_policy" "a" {
  role   = aws_iam_role.a.name
  policy = "{}"
}

resource "aws_iam_role_policies_exclusive" "empty" {
  role_name    = "legacy"
  policy_names = []
}

resource "aws_iam_role_policies_exclusive" "unknown" {
  role_name    = terraform_data.later.output
  policy_names = [for one in [terraform_data.later.output] : one if one != ""]
}

resource "aws_iam_role_policies_exclusive" "reference" {
  role_name    = aws_iam_role.a.name
  policy_names = [aws_iam_role_policy.a.name, "known"]
}

resource "aws_iam_user_policies_exclusive" "known" {
  user_name    = "legacy"
  policy_names = ["known"]
}

resource "aws_iam_group_policies_exclusive" "known" {
  group_name   = "legacy"
  policy_names = ["known"]
}

resource "aws_iam_role_policy_attachments_exclusive" "reference" {
  role_name   = aws_iam_role.a.name
  policy_arns = [aws_iam_policy.a.arn]
}

resource "aws_iam_user_policy_attachments_exclusive" "known" {
  user_name   = "legacy"
  policy_arns = ["arn:aws:iam::aws:policy/ReadOnlyAccess"]
}

resource "aws_iam_group_policy_attachments_exclusive" "unknown" {
  group_name  = terraform_data.later.output
  policy_arns = [terraform_data.later.output]
}
