resource "aws_db_instance" "main" {
  identifier = "orders-db"
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

locals {
  credentials = { app = { username = "app", password = "canary-app-71aa" }, billing = { username = "billing", password = "canary-billing-71aa" } }
}

resource "aws_secretsmanager_secret" "user" {
  for_each = local.credentials
  name = "orders/${each.key}"
}

resource "aws_secretsmanager_secret_version" "user" {
  for_each = local.credentials
  secret_id = aws_secretsmanager_secret.user[each.key].id
  secret_string = jsonencode(each.value)
}

resource "aws_iam_role" "proxy" {
  name = "proxy"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "rds.amazonaws.com" } }] })
}

data "aws_iam_policy_document" "proxy_access" {
  statement {
    effect    = "Allow"
    actions   = ["secretsmanager:GetSecretValue"]
    resources = [aws_secretsmanager_secret.user["app"].arn, aws_secretsmanager_secret.user["billing"].arn]
  }
}

resource "aws_iam_policy" "proxy_access" {
  name = "proxy_access"
  policy = data.aws_iam_policy_document.proxy_access.json
}

resource "aws_iam_role_policy_attachment" "proxy_access" {
  role = aws_iam_role.proxy.name
  policy_arn = aws_iam_policy.proxy_access.arn
}

locals {
  auth = { app = { mode = "REQUIRED", arn = aws_secretsmanager_secret.user["app"].arn }, billing = { mode = "DISABLED", arn = aws_secretsmanager_secret.user["billing"].arn } }
}

resource "aws_db_proxy" "main" {
  count = 1
  name = "orders-proxy"
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
  db_instance_identifier = aws_db_instance.main.identifier
}

locals {
  orders_arn = "arn:aws:rds-db:${local.region}:${local.account_id}:dbuser:${element(split(":", aws_db_proxy.main[0].arn), 6)}/nobody"
}

resource "aws_iam_role" "orders" {
  name = "orders"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }] })
}

data "aws_iam_policy_document" "orders_connect_override" {
  statement {
    sid       = "Own0"
    effect    = "Allow"
    actions   = ["rds-db:connect"]
    resources = [local.orders_arn]
    condition {
      test     = "StringEquals"
      variable = "aws:SourceVpc"
      values   = ["vpc-0123456789abcdef0"]
    }
  }
}

data "aws_iam_policy_document" "orders_connect" {
  override_policy_documents = [data.aws_iam_policy_document.orders_connect_override.json]

  statement {
    sid       = "Own0"
    effect    = "Allow"
    actions   = ["logs:PutLogEvents"]
    resources = ["*"]
  }
}

resource "aws_iam_role_policy" "orders_connect" {
  name = "orders_connect"
  role = aws_iam_role.orders.name
  policy = data.aws_iam_policy_document.orders_connect.json
}

locals {
  reporting_arn = "arn:aws:rds-db:${local.region}:${local.account_id}:dbuser:${aws_db_instance.main.resource_id}/reporting"
}

resource "aws_iam_role" "reporting" {
  name = "reporting"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }] })
}

resource "aws_iam_policy" "reporting_connect" {
  name = "reporting_connect"
  policy = jsonencode({ Version = "2012-10-17", Statement = concat([{ Effect = "Allow", Action = ["rds-db:connect"], Resource = [local.reporting_arn] }], [{ Effect = "Allow", Action = ["logs:PutLogEvents"], Resource = ["*"] }]) })
}

resource "aws_iam_role_policy_attachment" "reporting_connect" {
  role = aws_iam_role.reporting.name
  policy_arn = aws_iam_policy.reporting_connect.arn
}

locals {
  region = "us-east-1"
  account_id = "123456789012"
}
