# Who holds a grant in the end: exclusive lists, permission sets and policies of AWS. The state is judged, so that every
# ARN and user is known.

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

resource "aws_db_instance" "main" {
  identifier                          = "orders-db"
  engine                              = "mysql"
  engine_version                      = "8.0.40"
  instance_class                      = "db.m6i.large"
  allocated_storage                   = 100
  username                            = "root_admin"
  manage_master_user_password         = true
  skip_final_snapshot                 = true
  iam_database_authentication_enabled = true
}

locals {
  users = toset([
    "inline", "inline_listed", "attached", "attached_listed", "either", "set", "set_attached", "set_by_name",
    "set_bounded", "member", "set_denied", "block",
  ])
  grants = { for user in local.users : user => jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "rds-db:connect"
      Resource = "arn:aws:rds-db:us-east-1:123456789012:dbuser:${aws_db_instance.main.resource_id}/${user}"
    }]
  }) }
  trust = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
}

resource "aws_iam_role" "a" {
  for_each           = toset(["inline", "inline_listed", "attached", "attached_listed", "either"])
  name               = each.key
  assume_role_policy = local.trust
}

resource "aws_iam_role_policy" "inline" {
  name   = "connect"
  role   = aws_iam_role.a["inline"].name
  policy = local.grants["inline"]
}

resource "aws_iam_role_policies_exclusive" "inline" {
  role_name    = aws_iam_role.a["inline"].name
  policy_names = ["Connect"]
}

resource "aws_iam_role_policy" "inline_listed" {
  name   = "connect"
  role   = aws_iam_role.a["inline_listed"].name
  policy = local.grants["inline_listed"]
}

resource "aws_iam_role_policies_exclusive" "inline_listed" {
  role_name    = aws_iam_role.a["inline_listed"].name
  policy_names = ["connect"]
}

resource "aws_iam_policy" "a" {
  for_each = toset(["attached", "attached_listed", "either", "set_attached", "set_by_name"])
  name     = "connect-${each.key}"
  policy   = local.grants[each.key]
}

resource "aws_iam_role_policy_attachment" "attached" {
  role       = aws_iam_role.a["attached"].name
  policy_arn = aws_iam_policy.a["attached"].arn
}

resource "aws_iam_role_policy_attachments_exclusive" "attached" {
  role_name   = aws_iam_role.a["attached"].name
  policy_arns = []
}

# The list itself attaches it.
resource "aws_iam_role_policy_attachments_exclusive" "attached_listed" {
  role_name   = aws_iam_role.a["attached_listed"].name
  policy_arns = [aws_iam_policy.a["attached_listed"].arn]
}

# Taken away as an inline policy, and left as an attached one.
resource "aws_iam_role_policy" "either" {
  name   = "connect"
  role   = aws_iam_role.a["either"].name
  policy = local.grants["either"]
}

resource "aws_iam_role_policies_exclusive" "either" {
  role_name    = aws_iam_role.a["either"].name
  policy_names = []
}

resource "aws_iam_role_policy_attachment" "either" {
  role       = aws_iam_role.a["either"].name
  policy_arn = aws_iam_policy.a["either"].arn
}

# A policy in a block of the role.
resource "aws_iam_role" "block" {
  name               = "block"
  assume_role_policy = local.trust

  inline_policy {
    name   = "connect"
    policy = local.grants["block"]
  }

  inline_policy {
    name   = "listed"
    policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sqs:*", Resource = "*" }] })
  }
}

resource "aws_iam_role_policies_exclusive" "block" {
  role_name    = aws_iam_role.block.name
  policy_names = ["listed"]
}

# What a group holds, its exclusive list takes away.
resource "aws_iam_group" "a" {
  name = "a"
}

resource "aws_iam_group_policy" "a" {
  name   = "connect"
  group  = aws_iam_group.a.name
  policy = local.grants["member"]
}

resource "aws_iam_group_policies_exclusive" "a" {
  group_name   = aws_iam_group.a.name
  policy_names = []
}

# An administrator makes no connection.
resource "aws_iam_role" "administrator" {
  name                = "administrator"
  assume_role_policy  = local.trust
  managed_policy_arns = ["arn:aws:iam::aws:policy/AdministratorAccess"]
}

resource "aws_ssoadmin_permission_set" "a" {
  for_each     = toset(["set", "set_attached", "set_by_name", "set_bounded", "set_denied"])
  name         = each.key
  instance_arn = "arn:aws:sso:::instance/ssoins-0123456789abcdef"
}

resource "aws_ssoadmin_permission_set_inline_policy" "a" {
  for_each           = toset(["set", "set_bounded", "set_denied"])
  instance_arn       = aws_ssoadmin_permission_set.a[each.key].instance_arn
  permission_set_arn = aws_ssoadmin_permission_set.a[each.key].arn
  inline_policy      = local.grants[each.key]
}

resource "aws_ssoadmin_managed_policy_attachment" "set_attached" {
  instance_arn       = aws_ssoadmin_permission_set.a["set_attached"].instance_arn
  permission_set_arn = aws_ssoadmin_permission_set.a["set_attached"].arn
  managed_policy_arn = aws_iam_policy.a["set_attached"].arn
}

resource "aws_ssoadmin_customer_managed_policy_attachment" "set_by_name" {
  instance_arn       = aws_ssoadmin_permission_set.a["set_by_name"].instance_arn
  permission_set_arn = aws_ssoadmin_permission_set.a["set_by_name"].arn

  customer_managed_policy_reference {
    name = "connect-set_by_name"
  }
}

resource "aws_ssoadmin_permissions_boundary_attachment" "set_bounded" {
  instance_arn       = aws_ssoadmin_permission_set.a["set_bounded"].instance_arn
  permission_set_arn = aws_ssoadmin_permission_set.a["set_bounded"].arn

  permissions_boundary {
    managed_policy_arn = "arn:aws:iam::aws:policy/SecretsManagerReadWrite"
  }
}

resource "aws_ssoadmin_managed_policy_attachment" "set_denied" {
  instance_arn       = aws_ssoadmin_permission_set.a["set_denied"].instance_arn
  permission_set_arn = aws_ssoadmin_permission_set.a["set_denied"].arn
  managed_policy_arn = "arn:aws:iam::aws:policy/AWSDenyAll"
}
