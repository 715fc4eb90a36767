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

locals {
  instance = "arn:aws:sso:::instance/ssoins-1"
  set      = "arn:aws:sso:::permissionSet/ssoins-1/ps-1"
}

resource "aws_iam_policy" "a" {
  policy = "{}"
}

resource "aws_ssoadmin_permission_set" "empty" {
  name         = "empty"
  instance_arn = local.instance
}

resource "aws_ssoadmin_permission_set" "unknown" {
  name         = terraform_data.later.output
  instance_arn = terraform_data.later.output
}

data "aws_ssoadmin_permission_set" "read" {
  name         = aws_ssoadmin_permission_set.empty.name
  instance_arn = local.instance
}

resource "aws_ssoadmin_permission_set_inline_policy" "empty" {
  instance_arn       = local.instance
  permission_set_arn = local.set
  inline_policy      = jsonencode({ Statement = { Effect = "Deny", Action = "*", Resource = "*" } })
}

resource "aws_ssoadmin_permission_set_inline_policy" "unknown" {
  instance_arn       = local.instance
  permission_set_arn = terraform_data.later.output
  inline_policy      = terraform_data.later.output
}

data "aws_iam_policy_document" "a" {
  statement {
    actions   = ["rds-db:connect"]
    resources = [aws_iam_policy.a.arn]
  }
}

resource "aws_ssoadmin_permission_set_inline_policy" "reference" {
  instance_arn       = local.instance
  permission_set_arn = aws_ssoadmin_permission_set.empty.arn
  inline_policy      = data.aws_iam_policy_document.a.json
}

resource "aws_ssoadmin_managed_policy_attachment" "empty" {
  instance_arn       = local.instance
  permission_set_arn = local.set
  managed_policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}

resource "aws_ssoadmin_managed_policy_attachment" "unknown" {
  instance_arn       = local.instance
  permission_set_arn = terraform_data.later.output
  managed_policy_arn = terraform_data.later.output
}

resource "aws_ssoadmin_managed_policy_attachment" "reference" {
  instance_arn       = local.instance
  permission_set_arn = aws_ssoadmin_permission_set.empty.arn
  managed_policy_arn = aws_iam_policy.a.arn
}

resource "aws_ssoadmin_customer_managed_policy_attachment" "empty" {
  instance_arn       = local.instance
  permission_set_arn = local.set

  customer_managed_policy_reference {
    name = "orders"
  }
}

resource "aws_ssoadmin_customer_managed_policy_attachment" "reference" {
  instance_arn       = local.instance
  permission_set_arn = aws_ssoadmin_permission_set.empty.arn

  customer_managed_policy_reference {
    name = aws_iam_policy.a.name
    path = "/teams/"
  }
}

resource "aws_ssoadmin_customer_managed_policy_attachment" "unknown" {
  instance_arn       = local.instance
  permission_set_arn = terraform_data.later.output

  customer_managed_policy_reference {
    name = terraform_data.later.output
  }
}

resource "aws_ssoadmin_permissions_boundary_attachment" "empty" {
  instance_arn       = local.instance
  permission_set_arn = local.set

  permissions_boundary {
    managed_policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
  }
}

resource "aws_ssoadmin_permissions_boundary_attachment" "unknown" {
  instance_arn       = local.instance
  permission_set_arn = terraform_data.later.output

  permissions_boundary {
    managed_policy_arn = terraform_data.later.output
  }
}

resource "aws_ssoadmin_permissions_boundary_attachment" "reference" {
  instance_arn       = local.instance
  permission_set_arn = aws_ssoadmin_permission_set.empty.arn

  permissions_boundary {
    customer_managed_policy_reference {
      name = aws_iam_policy.a.name
    }
  }
}
