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

module "secret" {
  source = "../secret"
  prefix = var.prefix
  for_each = { app = { username = "app", password = "canary-app-71aa" }, batch = { username = "batch", password = "canary-batch-71aa" } }
  name = each.key
  content = each.value
}

resource "aws_iam_role" "proxy" {
  name = "${var.prefix}-proxy"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "rds.amazonaws.com" } }] })
}

data "aws_iam_policy_document" "proxy_access" {
  dynamic "statement" {
    for_each = [{ actions = ["secretsmanager:GetSecretValue"], resources = [module.secret["app"].arn, module.secret["batch"].arn] }]
    content {
      effect    = "Allow"
      actions   = statement.value.actions
      resources = statement.value.resources
    }
  }
}

resource "aws_iam_role_policy" "proxy_access" {
  name = "${var.prefix}-proxy_access"
  role = aws_iam_role.proxy.name
  policy = data.aws_iam_policy_document.proxy_access.json
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
    for_each = [{ mode = null, arn = module.secret["app"].arn }, { mode = "DISABLED", arn = module.secret["batch"].arn }]
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
  target_group_name = "default"
  db_instance_identifier = aws_db_instance.main[0].identifier
}

locals {
  orders_arn = "arn:aws:rds-db:eu-central-1:123456789012:dbuser:${regex("prx-[0-9a-z]+", aws_db_proxy.main["orders"].arn)}/app"
}

data "aws_iam_policy_document" "orders_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "orders" {
  name = "${var.prefix}-orders"
  assume_role_policy = data.aws_iam_policy_document.orders_trust.json
}

data "aws_iam_policy_document" "orders_connect" {
  statement {
    effect    = "Allow"
    actions   = ["rds-db:connect"]
    resources = flatten([[local.orders_arn], []])
  }
}

resource "aws_iam_role_policy" "orders_connect" {
  name = "${var.prefix}-orders_connect"
  role = aws_iam_role.orders.id
  policy = data.aws_iam_policy_document.orders_connect.json
}
