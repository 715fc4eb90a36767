variable "prefix" {
  type = string
}

resource "aws_rds_cluster" "main" {
  cluster_identifier = "${var.prefix}-orders-db"
  master_username = "root_admin"
  master_password = "canary-master-9f2c"
  engine = "aurora-mysql"
  engine_version = "8.0.mysql_aurora.3.08.0"
  vpc_security_group_ids = ["sg-0db00000000000001"]
  skip_final_snapshot = true
  iam_database_authentication_enabled = true
}

resource "aws_rds_cluster_instance" "main" {
  count = 2
  cluster_identifier = aws_rds_cluster.main.id
  identifier = "${var.prefix}-orders-db-${count.index}"
  engine = "aurora-mysql"
  instance_class = "db.r6g.large"
}

locals {
  credentials = { app = { username = "app", password = "canary-app-71aa" }, batch = { username = "batch", password = "canary-batch-71aa" }, billing = { username = "billing", password = "canary-billing-71aa" } }
}

resource "aws_secretsmanager_secret" "user" {
  for_each = local.credentials
  name = "${var.prefix}-orders/${each.key}"
}

resource "aws_secretsmanager_secret_version" "user" {
  for_each = local.credentials
  secret_id = aws_secretsmanager_secret.user[each.key].id
  secret_string = jsonencode(each.value)
}

resource "aws_iam_role" "proxy" {
  name = "${var.prefix}-proxy"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "rds.amazonaws.com" } }] })
}

data "aws_iam_policy_document" "proxy_access" {
  dynamic "statement" {
    for_each = [{ actions = ["secretsmanager:GetSecretValue"], resources = [aws_secretsmanager_secret.user["batch"].arn, aws_secretsmanager_secret.user["billing"].arn] }]
    content {
      effect    = "Allow"
      actions   = statement.value.actions
      resources = statement.value.resources
    }
  }
}

resource "aws_iam_role_policy" "proxy_access" {
  name = "${var.prefix}-proxy_access"
  role = aws_iam_role.proxy.id
  policy = data.aws_iam_policy_document.proxy_access.json
}

locals {
  auth = { app = { mode = "REQUIRED", arn = aws_secretsmanager_secret.user["app"].arn }, batch = { mode = "REQUIRED", arn = aws_secretsmanager_secret.user["batch"].arn }, billing = { mode = "REQUIRED", arn = aws_secretsmanager_secret.user["billing"].arn } }
}

resource "aws_db_proxy" "main" {
  count = 1
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
  count = 1
  db_proxy_name = aws_db_proxy.main[0].name
}

resource "aws_db_proxy_target" "main" {
  count = 1
  db_proxy_name = aws_db_proxy.main[0].name
  target_group_name = aws_db_proxy_default_target_group.main[0].name
  db_cluster_identifier = aws_rds_cluster.main.cluster_identifier
}

locals {
  orders_arn = "arn:aws:rds-db:${local.region}:${local.account_id}:dbuser:${element(split(":", aws_db_proxy.main[0].arn), 6)}/app"
}

resource "aws_iam_role" "orders" {
  name = "${var.prefix}-orders"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }] })
}

data "aws_iam_policy_document" "orders_connect" {
  statement {
    effect    = "Allow"
    actions   = ["rds-db:connect"]
    resources = [for arn in [local.orders_arn] : arn]
  }
}

module "orders_connect" {
  source = "../policy"
  name = "${var.prefix}-orders_connect"
  policy = data.aws_iam_policy_document.orders_connect.json
}

resource "aws_iam_role_policy_attachment" "orders_connect" {
  role = aws_iam_role.orders.name
  policy_arn = module.orders_connect.arn
}

locals {
  reporting_arn = "arn:aws:rds-db:${local.region}:${local.account_id}:dbuser:${aws_rds_cluster.main.cluster_resource_id}/reporting"
}

resource "aws_iam_role" "reporting" {
  name = "${var.prefix}-reporting"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }] })
}

data "aws_iam_policy_document" "reporting_connect_override" {
  statement {
    sid       = "Own0"
    effect    = "Allow"
    actions   = ["rds-db:connect"]
    resources = [local.reporting_arn]
  }
}

data "aws_iam_policy_document" "reporting_connect" {
  override_policy_documents = [data.aws_iam_policy_document.reporting_connect_override.json]

  statement {
    sid       = "Own0"
    effect    = "Allow"
    actions   = ["logs:PutLogEvents"]
    resources = ["*"]
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
