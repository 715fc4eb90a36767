variable "prefix" {
  type = string
}

module "database" {
  source = "../database"
  name = "${var.prefix}-orders-db"
  security_group_ids = ["sg-0db00000000000001"]
}

module "secret" {
  source = "../secret"
  prefix = var.prefix
  for_each = { app = { username = "app", password = "canary-app-71aa" } }
  name = each.key
  content = each.value
}

resource "aws_iam_role" "proxy" {
  name = "${var.prefix}-proxy"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "rds.amazonaws.com" } }] })
}

data "aws_iam_policy_document" "proxy_access" {
  statement {
    effect    = "Allow"
    actions   = ["secretsmanager:GetSecretValue"]
    resources = flatten([[module.secret["app"].arn], []])
  }
}

resource "aws_iam_policy" "proxy_access" {
  name = "${var.prefix}-proxy_access"
  policy = data.aws_iam_policy_document.proxy_access.json
}

resource "aws_iam_role_policy_attachment" "proxy_access" {
  role = aws_iam_role.proxy.name
  policy_arn = aws_iam_policy.proxy_access.arn
}

locals {
  auth = { app = { mode = "REQUIRED", arn = module.secret["app"].arn } }
}

resource "aws_db_proxy" "main" {
  for_each = toset(["orders"])
  name = "${var.prefix}-orders-proxy"
  engine_family = "MYSQL"
  require_tls = true
  role_arn = aws_iam_role.proxy.arn
  vpc_subnet_ids = ["subnet-0aaa0000000000001", "subnet-0bbb0000000000002"]
  vpc_security_group_ids = ["sg-0aa00000000000002"]
  dynamic "auth" {
    for_each = { for name, entry in local.auth : name => entry if name != "nobody" }
    content {
      auth_scheme = "SECRETS"
      iam_auth = auth.value.mode
      secret_arn = auth.value.arn
    }
  }
}

resource "aws_db_proxy_default_target_group" "main" {
  for_each = toset(["orders"])
  db_proxy_name = aws_db_proxy.main[each.key].name
}

resource "aws_db_proxy_target" "main" {
  for_each = toset(["orders"])
  db_proxy_name = aws_db_proxy.main[each.key].name
  target_group_name = aws_db_proxy_default_target_group.main[each.key].name
  db_instance_identifier = module.database.identifier
}

locals {
  orders_arn = "arn:aws:rds-db:${var.region}:${var.account_id}:dbuser:${element(split(":", one([aws_db_proxy.main["orders"].arn])), length(split(":", aws_db_proxy.main["orders"].arn)) - 1)}/app"
}

resource "aws_iam_group" "orders" {
  name = "${var.prefix}-orders"
}

resource "aws_iam_policy" "orders_connect" {
  name = "${var.prefix}-orders_connect"
  policy = length("on") > 0 ? jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "rds-db:connect", Resource = local.orders_arn }] }) : null
}

resource "aws_iam_group_policy_attachment" "orders_connect" {
  group = aws_iam_group.orders.name
  policy_arn = aws_iam_policy.orders_connect.arn
}

locals {
  reporting_arn = "arn:aws:rds-db:${var.region}:${var.account_id}:dbuser:${module.database.resource_id}/reporting"
}

resource "aws_iam_role" "reporting" {
  name = "${var.prefix}-reporting"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }] })
}

resource "aws_iam_policy" "reporting_connect" {
  name = "${var.prefix}-reporting_connect"
  policy = jsonencode({ Version = "2012-10-17", Statement = concat([{ Effect = "Allow", Action = ["rds-db:connect"], Resource = [local.reporting_arn] }], [{ Effect = "Allow", Action = ["logs:PutLogEvents"], Resource = ["*"] }]) })
}

resource "aws_iam_role_policy_attachment" "reporting_connect" {
  role = aws_iam_role.reporting.name
  policy_arn = aws_iam_policy.reporting_connect.arn
}

locals {
  worker_arn = "arn:aws:rds-db:${var.region}:${var.account_id}:dbuser:${element(split(":", one([aws_db_proxy.main["orders"].arn])), length(split(":", aws_db_proxy.main["orders"].arn)) - 1)}/app"
}

resource "aws_iam_role" "worker" {
  name = "${var.prefix}-worker"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }] })
}

resource "aws_iam_policy" "worker_connect" {
  name = "${var.prefix}-worker_connect"
  policy = <<-JSON
    {
      "Version": "2012-10-17",
      "Statement": [
        { "Effect": "Allow", "Action": ["rds-db:connect"], "Resource": ["${local.worker_arn}"] }
      ]
    }
  JSON
}

resource "aws_iam_role_policy_attachment" "worker_connect" {
  role = aws_iam_role.worker.name
  policy_arn = aws_iam_policy.worker_connect.arn
}

variable "region" {
  type = string
  default = "us-east-1"
}

variable "account_id" {
  type = string
  default = "123456789012"
}
