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

resource "aws_secretsmanager_secret" "app" {
  name = "${var.prefix}-orders/app"
}

resource "aws_secretsmanager_secret_version" "app" {
  secret_id = aws_secretsmanager_secret.app.id
  secret_string = jsonencode({ username = "app", password = "canary-app-71aa" })
}

resource "aws_secretsmanager_secret" "billing" {
  name = "${var.prefix}-orders/billing"
}

resource "aws_secretsmanager_secret_version" "billing" {
  secret_id = aws_secretsmanager_secret.billing.id
  secret_string = jsonencode({ username = "billing", password = "canary-billing-71aa" })
}

resource "aws_iam_role" "proxy" {
  name = "${var.prefix}-proxy"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "rds.amazonaws.com" } }] })
}

resource "aws_iam_policy" "proxy_access" {
  name = "${var.prefix}-proxy_access"
  policy = length("on") > 0 ? jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "secretsmanager:GetSecretValue", Resource = [aws_secretsmanager_secret.app.arn, aws_secretsmanager_secret.billing.arn] }] }) : null
}

resource "aws_iam_role_policy_attachment" "proxy_access" {
  for_each = { own = aws_iam_policy.proxy_access.arn }
  role = aws_iam_role.proxy.name
  policy_arn = each.value
}

locals {
  auth = { app = { mode = null, arn = aws_secretsmanager_secret.app.arn }, billing = { mode = "REQUIRED", arn = aws_secretsmanager_secret.billing.arn } }
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
    for_each = local.auth
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
  db_instance_identifier = aws_db_instance.main[0].identifier
}

resource "aws_iam_role" "orders" {
  name = "${var.prefix}-orders"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }] })
}

data "aws_iam_policy_document" "orders_connect_base" {
  statement {
    sid       = "Base0"
    effect    = "Allow"
    actions   = ["rds-db:connect"]
    resources = ["arn:aws:rds-db:us-east-1:123456789012:dbuser:${reverse(split(":", aws_db_proxy.main["orders"].arn))[0]}/app"]
  }
}

data "aws_iam_policy_document" "orders_connect" {
  source_policy_documents = [data.aws_iam_policy_document.orders_connect_base.json]

  statement {
    sid       = "Logs"
    effect    = "Allow"
    actions   = ["logs:PutLogEvents"]
    resources = ["*"]
  }
}

resource "aws_iam_policy" "orders_connect" {
  name = "${var.prefix}-orders_connect"
  policy = data.aws_iam_policy_document.orders_connect.json
}

resource "aws_iam_role_policy_attachment" "orders_connect" {
  for_each = { own = aws_iam_policy.orders_connect.arn }
  role = aws_iam_role.orders.name
  policy_arn = each.value
}

resource "aws_iam_role" "worker" {
  name = "${var.prefix}-worker"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }] })
}

data "aws_iam_policy_document" "worker_connect" {
  dynamic "statement" {
    for_each = [{ actions = ["rds-db:connect"], resources = ["arn:aws:rds-db:us-east-1:123456789012:dbuser:${reverse(split(":", aws_db_proxy.main["orders"].arn))[0]}/app"] }]
    content {
      effect    = "Allow"
      actions   = statement.value.actions
      resources = statement.value.resources
    }
  }
}

resource "aws_iam_role_policy" "worker_connect" {
  name = "${var.prefix}-worker_connect"
  role = aws_iam_role.worker.id
  policy = data.aws_iam_policy_document.worker_connect.json
}
