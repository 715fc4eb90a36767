variable "prefix" {
  type = string
}

module "database" {
  source = "../database"
  name = "${var.prefix}-orders-db"
  security_group_ids = ["sg-0db00000000000001"]
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

resource "aws_iam_role" "proxy" {
  name = "${var.prefix}-proxy"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "rds.amazonaws.com" } }] })
}

locals {
  proxy_access_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["secretsmanager:GetSecretValue"], Resource = [aws_secretsmanager_secret.app.arn, aws_secretsmanager_secret.batch.arn] }] })
}

resource "aws_iam_role_policy" "proxy_access" {
  name = "${var.prefix}-proxy_access"
  role = aws_iam_role.proxy.name
  policy = local.proxy_access_policy
}

resource "aws_db_proxy" "main" {
  name = "${var.prefix}-orders-proxy"
  engine_family = "POSTGRESQL"
  require_tls = true
  role_arn = aws_iam_role.proxy.arn
  vpc_subnet_ids = ["subnet-0aaa0000000000001", "subnet-0bbb0000000000002"]
  vpc_security_group_ids = ["sg-0aa00000000000002"]
  auth {
    auth_scheme = "SECRETS"
    iam_auth = "REQUIRED"
    secret_arn = aws_secretsmanager_secret.app.arn
  }
  auth {
    auth_scheme = "SECRETS"
    iam_auth = "REQUIRED"
    secret_arn = aws_secretsmanager_secret.batch.arn
  }
}

resource "aws_db_proxy_default_target_group" "main" {
  db_proxy_name = aws_db_proxy.main.name
}

resource "aws_db_proxy_target" "main" {
  db_proxy_name = aws_db_proxy.main.name
  target_group_name = aws_db_proxy_default_target_group.main.name
  db_instance_identifier = module.database.identifier
}

resource "aws_iam_group" "orders" {
  name = "${var.prefix}-orders"
}

locals {
  orders_connect_allowed = { s0 = { Effect = "Allow", Action = ["rds-db:connect"], Resource = ["arn:${data.aws_partition.current.partition}:rds-db:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:dbuser:${aws_db_proxy.main.arn}/app"] }, s1 = { Effect = "Deny", Action = ["rds-db:connect"], Resource = ["arn:${data.aws_partition.current.partition}:rds-db:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:dbuser:${aws_db_proxy.main.arn}/app"] } }
}

resource "aws_iam_group_policy" "orders_connect" {
  name = "${var.prefix}-orders_connect"
  group = aws_iam_group.orders.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [for key, statement in local.orders_connect_allowed : statement] })
}

resource "aws_iam_role" "reporting" {
  name = "${var.prefix}-reporting"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }] })
}

resource "aws_iam_role_policy" "reporting_connect" {
  name = "${var.prefix}-reporting_connect"
  role = aws_iam_role.reporting.id
  policy = join("", ["{\"Version\":\"2012-10-17\",\"Statement\":[", jsonencode({ Effect = "Allow", Action = ["rds-db:connect"], Resource = ["arn:${data.aws_partition.current.partition}:rds-db:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:dbuser:${module.database.resource_id}/reporting"] }), "]}"])
}

resource "aws_iam_role" "worker" {
  name = "${var.prefix}-worker"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }] })
}

resource "aws_iam_role_policy" "worker_connect" {
  name = "${var.prefix}-worker_connect"
  role = aws_iam_role.worker.id
  policy = join("", ["{\"Version\":\"2012-10-17\",\"Statement\":[", jsonencode({ Effect = "Allow", Action = ["rds-db:connect"], Resource = ["arn:${data.aws_partition.current.partition}:rds-db:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:dbuser:${element(split(":", one([aws_db_proxy.main.arn])), length(split(":", aws_db_proxy.main.arn)) - 1)}/app"] }), "]}"])
}

data "aws_partition" "current" {}

data "aws_region" "current" {}

data "aws_caller_identity" "current" {}
