# Documents by user, and a grant for each role that finds its document by what it holds, not by its key.

provider "aws" {
  region = "us-east-1"
}

locals {
  grants = {
    orders  = { role = "orders-service", user = "app" }
    batch   = { role = "orders-batch", user = "app" }
    reports = { role = "analysts", user = "reports" }
  }
}

resource "aws_db_instance" "orders" {
  identifier                          = "orders"
  engine                              = "postgres"
  engine_version                      = "16.4"
  instance_class                      = "db.m7g.large"
  allocated_storage                   = 20
  username                            = "root_admin"
  manage_master_user_password         = true
  iam_database_authentication_enabled = true
  skip_final_snapshot                 = true
}

data "aws_iam_policy_document" "connect" {
  for_each = toset(["app", "reports"])

  statement {
    actions   = ["rds-db:connect"]
    resources = ["arn:aws:rds-db:us-east-1:123456789012:dbuser:${aws_db_instance.orders.resource_id}/${each.key}"]
  }
}

resource "aws_iam_role_policy" "connect" {
  for_each = local.grants

  role   = each.value.role
  policy = data.aws_iam_policy_document.connect[each.value.user].json
}
