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
  engine = "postgres"
  engine_version = "16.4"
  vpc_security_group_ids = ["sg-0db00000000000001"]
  skip_final_snapshot = true
  iam_database_authentication_enabled = true
}

resource "aws_kms_key" "main" {
  description = "secrets"
}

locals {
  credentials = { app = { username = "app", password = "canary-app-71aa" } }
}

resource "aws_secretsmanager_secret" "user" {
  for_each = toset(["app"])
  name = format("${var.prefix}-orders/%s", each.value)
  kms_key_id = aws_kms_key.main.arn
}

resource "aws_secretsmanager_secret_version" "user" {
  for_each = toset(["app"])
  secret_id = aws_secretsmanager_secret.user[each.key].id
  secret_string = jsonencode(local.credentials[each.key])
}

data "aws_iam_policy_document" "proxy_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["rds.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "proxy" {
  name = "${var.prefix}-proxy"
  assume_role_policy = data.aws_iam_policy_document.proxy_trust.json
}

data "aws_iam_policy_document" "proxy_access" {
  statement {
    effect    = "Allow"
    actions   = ["secretsmanager:GetSecretValue"]
    resources = [for arn in [aws_secretsmanager_secret.user["app"].arn] : arn]
  }
}

resource "aws_iam_role_policy" "proxy_access" {
  name = "${var.prefix}-proxy_access"
  role = aws_iam_role.proxy.name
  policy = data.aws_iam_policy_document.proxy_access.json
}

locals {
  auth = { app = { mode = null, arn = aws_secretsmanager_secret.user["app"].arn } }
}

resource "aws_db_proxy" "main" {
  name = "${var.prefix}-orders-proxy"
  engine_family = "POSTGRESQL"
  require_tls = true
  role_arn = aws_iam_role.proxy.arn
  vpc_subnet_ids = ["subnet-0aaa0000000000001", "subnet-0bbb0000000000002"]
  vpc_security_group_ids = ["sg-0aa00000000000002"]
  dynamic "auth" {
    for_each = local.auth
    content {
      auth_scheme = "SECRETS"
      iam_auth = auth.value.mode
      secret_arn = auth.value.arn
    }
  }
}

resource "aws_db_proxy_default_target_group" "main" {
  db_proxy_name = aws_db_proxy.main.name
}

resource "aws_db_proxy_target" "main" {
  db_proxy_name = aws_db_proxy.main.name
  target_group_name = aws_db_proxy_default_target_group.main.name
  db_instance_identifier = aws_db_instance.main[0].identifier
}

locals {
  orders_arn = "arn:aws:rds-db:${local.region}:${local.account_id}:dbuser:${replace(aws_db_proxy.main.arn, "/^.*:/", "")}/app"
}

resource "aws_iam_group" "orders" {
  name = "${var.prefix}-orders"
}

data "aws_iam_policy_document" "orders_connect" {
  statement {
    effect    = "Allow"
    actions   = ["rds-db:connect"]
    resources = flatten([[local.orders_arn], []])
  }
}

resource "aws_iam_group_policy" "orders_connect" {
  name = "${var.prefix}-orders_connect"
  group = aws_iam_group.orders.name
  policy = data.aws_iam_policy_document.orders_connect.json
}

locals {
  reporting_arn = "arn:aws:rds-db:${local.region}:${local.account_id}:dbuser:${aws_db_instance.main[0].resource_id}/app"
}

data "aws_iam_policy_document" "reporting_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "reporting" {
  name = "${var.prefix}-reporting"
  assume_role_policy = data.aws_iam_policy_document.reporting_trust.json
}

data "aws_iam_policy_document" "reporting_connect" {
  statement {
    effect    = "Allow"
    actions   = ["rds-db:connect"]
    resources = [for arn in [local.reporting_arn] : arn]
  }
}

module "reporting_connect" {
  source = "../policy"
  name = "${var.prefix}-reporting_connect"
  policy = data.aws_iam_policy_document.reporting_connect.json
}

resource "aws_iam_role_policy_attachment" "reporting_connect" {
  role = aws_iam_role.reporting.name
  policy_arn = module.reporting_connect.arn
}

locals {
  region = "us-east-1"
  account_id = "123456789012"
}
