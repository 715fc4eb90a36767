variable "prefix" {
  type = string
}

resource "aws_db_instance" "main" {
  count = 1
  identifier = "${var.prefix}-orders-db"
  instance_class = "db.m6i.large"
  allocated_storage = 100
  storage_encrypted = true
  username = "root_admin"
  password = "canary-master-9f2c"
  engine = "mariadb"
  engine_version = "10.11.10"
  vpc_security_group_ids = ["sg-0db00000000000001"]
  skip_final_snapshot = true
  iam_database_authentication_enabled = true
}

locals {
  users = ["app", "billing"]
  credentials = { app = { username = "app", password = "canary-app-71aa" }, billing = { username = "billing", password = "canary-billing-71aa" } }
}

resource "aws_secretsmanager_secret" "user" {
  count = length(local.users)
  name = "${var.prefix}-orders/${local.users[count.index]}"
}

resource "aws_secretsmanager_secret_version" "user" {
  count = length(local.users)
  secret_id = aws_secretsmanager_secret.user[count.index].id
  secret_string = jsonencode(local.credentials[local.users[count.index]])
}

resource "aws_iam_role" "proxy" {
  name = "${var.prefix}-proxy"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "rds.amazonaws.com" } }] })
}

data "aws_iam_policy_document" "proxy_access" {
  statement {
    effect    = "Allow"
    actions   = ["secretsmanager:GetSecretValue"]
    resources = [aws_secretsmanager_secret.user[0].arn, aws_secretsmanager_secret.user[1].arn]
  }
}

resource "aws_iam_policy" "proxy_access" {
  name = "${var.prefix}-proxy_access"
  policy = data.aws_iam_policy_document.proxy_access.json
}

resource "aws_iam_policy_attachment" "proxy_access" {
  name = "${var.prefix}-proxy_access"
  roles = [aws_iam_role.proxy.name]
  policy_arn = aws_iam_policy.proxy_access.arn
}

module "proxy" {
  source = "../proxy"
  prefix = var.prefix
  for_each = toset(["orders"])
  role_arn = aws_iam_role.proxy.arn
  security_group_ids = ["sg-0aa00000000000002"]
  secrets = { app = { arn = aws_secretsmanager_secret.user[0].arn, mode = "REQUIRED" }, billing = { arn = aws_secretsmanager_secret.user[1].arn, mode = "REQUIRED" } }
  database = aws_db_instance.main[0].identifier
}

resource "aws_iam_role" "orders" {
  name = "${var.prefix}-orders"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }] })
}

data "aws_iam_policy_document" "orders_connect" {
  dynamic "statement" {
    for_each = [{ actions = ["rds-db:connect"], resources = ["arn:aws:rds-db:us-east-1:123456789012:dbuser:${regex("prx-[0-9a-z]+", module.proxy["orders"].arn)}/app"] }]
    content {
      effect    = "Allow"
      actions   = statement.value.actions
      resources = statement.value.resources
    condition {
      test     = "StringEquals"
      variable = "aws:SourceVpc"
      values   = ["vpc-0123456789abcdef0"]
    }
    }
  }
}

resource "aws_iam_policy" "orders_connect" {
  name = "${var.prefix}-orders_connect"
  policy = data.aws_iam_policy_document.orders_connect.json
}

resource "aws_iam_policy_attachment" "orders_connect" {
  name = "${var.prefix}-orders_connect"
  roles = [aws_iam_role.orders.name]
  policy_arn = aws_iam_policy.orders_connect.arn
}

resource "aws_iam_role" "reporting" {
  name = "${var.prefix}-reporting"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }] })
}

resource "aws_iam_policy" "reporting_connect" {
  name = "${var.prefix}-reporting_connect"
  policy = jsonencode({ Version = "2012-10-17", Statement = concat([{ Effect = "Allow", Action = ["rds-db:connect"], Resource = ["arn:aws:rds-db:us-east-1:123456789012:dbuser:${aws_db_instance.main[0].resource_id}/reporting"] }], [{ Effect = "Allow", Action = ["logs:PutLogEvents"], Resource = ["*"] }]) })
}

resource "aws_iam_policy_attachment" "reporting_connect" {
  name = "${var.prefix}-reporting_connect"
  roles = [aws_iam_role.reporting.name]
  policy_arn = aws_iam_policy.reporting_connect.arn
}

data "aws_iam_policy_document" "worker_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "worker" {
  name = "${var.prefix}-worker"
  assume_role_policy = data.aws_iam_policy_document.worker_trust.json
}

resource "aws_iam_policy" "worker_connect" {
  name = "${var.prefix}-worker_connect"
  policy = length("on") > 0 ? jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "rds-db:connect", Resource = "arn:aws:rds-db:us-east-1:123456789012:dbuser:${regex("prx-[0-9a-z]+", module.proxy["orders"].arn)}/app" }] }) : null
}

resource "aws_iam_policy_attachment" "worker_connect" {
  name = "${var.prefix}-worker_connect"
  roles = [aws_iam_role.worker.name]
  policy_arn = aws_iam_policy.worker_connect.arn
}
