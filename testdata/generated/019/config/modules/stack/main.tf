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
  engine = "mysql"
  engine_version = "8.0.40"
  vpc_security_group_ids = ["sg-0db00000000000001"]
  skip_final_snapshot = true
  iam_database_authentication_enabled = true
}

resource "aws_secretsmanager_secret" "app" {
  name = "${var.prefix}-orders/app"
}

resource "aws_secretsmanager_secret_version" "app" {
  secret_id = aws_secretsmanager_secret.app.id
  secret_string = jsonencode({ username = "app", password = "canary-app-71aa" })
}

resource "aws_secretsmanager_secret" "batch" {
  name = "${var.prefix}-orders/batch"
}

resource "aws_secretsmanager_secret_version" "batch" {
  secret_id = aws_secretsmanager_secret.batch.id
  secret_string = jsonencode({ username = "batch", password = "canary-batch-71aa" })
}

resource "aws_secretsmanager_secret" "billing" {
  name = "${var.prefix}-orders/billing"
}

resource "aws_secretsmanager_secret_version" "billing" {
  secret_id = aws_secretsmanager_secret.billing.id
  secret_string = jsonencode({ username = "billing", password = "canary-billing-71aa" })
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

locals {
  proxy_access_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["secretsmanager:GetSecretValue"], Resource = [aws_secretsmanager_secret.app.arn, aws_secretsmanager_secret.batch.arn, aws_secretsmanager_secret.billing.arn] }] })
}

resource "aws_iam_role_policy" "proxy_access" {
  name = "${var.prefix}-proxy_access"
  role = aws_iam_role.proxy.id
  policy = local.proxy_access_policy
}

module "proxy" {
  source = "../proxy"
  prefix = var.prefix
  role_arn = aws_iam_role.proxy.arn
  security_group_ids = ["sg-0aa00000000000002"]
  secrets = { app = { arn = aws_secretsmanager_secret.app.arn, mode = "REQUIRED" }, batch = { arn = aws_secretsmanager_secret.batch.arn, mode = "DISABLED" }, billing = { arn = aws_secretsmanager_secret.billing.arn, mode = "DISABLED" } }
  database = aws_db_instance.main[0].identifier
}

resource "aws_iam_role" "orders" {
  name = "${var.prefix}-orders"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }] })
}

locals {
  orders_connect_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["rds-db:connect"], Resource = ["arn:aws:rds-db:${local.region}:${local.account_id}:dbuser:${regex("prx-[0-9a-z]+", module.proxy.arn)}/app"] }] })
}

resource "aws_iam_role_policy" "orders_connect" {
  name = "${var.prefix}-orders_connect"
  role = aws_iam_role.orders.id
  policy = local.orders_connect_policy
}

resource "aws_iam_role" "reporting" {
  name = "${var.prefix}-reporting"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }] })
}

locals {
  reporting_connect_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["rds-db:connect"], Resource = ["arn:aws:rds-db:${local.region}:${local.account_id}:dbuser:${aws_db_instance.main[0].resource_id}/reporting"] }] })
}

resource "aws_iam_role_policy" "reporting_connect" {
  name = "${var.prefix}-reporting_connect"
  role = aws_iam_role.reporting.id
  policy = local.reporting_connect_policy
}

locals {
  region = "us-east-1"
  account_id = "123456789012"
}
