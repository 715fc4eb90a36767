resource "aws_db_instance" "main" {
  count = 1
  identifier = "orders-db"
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

locals {
  credentials = { app = { username = "app", password = "canary-app-71aa" } }
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

locals {
  proxy_access_statements = [{ Effect = "Allow", Action = ["secretsmanager:GetSecretValue"], Resource = [aws_secretsmanager_secret.user["app"].arn] }]
}

resource "aws_iam_role_policy" "proxy_access" {
  name = "proxy_access"
  role = aws_iam_role.proxy.name
  policy = jsonencode({ Version = "2012-10-17", Statement = local.proxy_access_statements })
}

resource "aws_db_proxy" "main" {
  name = "orders-proxy"
  engine_family = "POSTGRESQL"
  require_tls = false
  role_arn = aws_iam_role.proxy.arn
  vpc_subnet_ids = ["subnet-0aaa0000000000001", "subnet-0bbb0000000000002"]
  vpc_security_group_ids = ["sg-0aa00000000000002"]
  dynamic "auth" {
    for_each = { app = { mode = "REQUIRED", arn = aws_secretsmanager_secret.user["app"].arn } }
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
  orders_endpoint = element(split(":", one([aws_db_proxy.main.arn])), length(split(":", aws_db_proxy.main.arn)) - 1)
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
  name = "orders"
  assume_role_policy = data.aws_iam_policy_document.orders_trust.json
}

data "aws_iam_policy_document" "orders_connect" {
  statement {
    effect    = "Allow"
    actions   = ["rds-db:connect"]
    resources = [for arn in ["arn:aws:rds-db:${var.region}:${var.account_id}:dbuser:${local.orders_endpoint}/app"] : arn]
  }
}

resource "aws_iam_policy" "orders_connect" {
  name = "orders_connect"
  policy = data.aws_iam_policy_document.orders_connect.json
}

resource "aws_iam_policy_attachment" "orders_connect" {
  name = "orders_connect"
  roles = [aws_iam_role.orders.name]
  policy_arn = aws_iam_policy.orders_connect.arn
}

locals {
  reporting_endpoint = aws_db_instance.main[0].resource_id
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
  name = "reporting"
  assume_role_policy = data.aws_iam_policy_document.reporting_trust.json
}

resource "aws_iam_policy" "reporting_connect" {
  name = "reporting_connect"
  policy = <<-JSON
    {
      "Version": "2012-10-17",
      "Statement": [
    %{~ for index, version in ["2012-10-17"] ~}
        { "Effect": "Allow", "Action": ["rds-db:connect"], "Resource": ["arn:aws:rds-db:${var.region}:${var.account_id}:dbuser:${local.reporting_endpoint}/reporting"] }
    %{~ endfor ~}
      ]
    }
  JSON
}

resource "aws_iam_policy_attachment" "reporting_connect" {
  name = "reporting_connect"
  roles = [aws_iam_role.reporting.name]
  policy_arn = aws_iam_policy.reporting_connect.arn
}

variable "region" {
  type = string
  default = "us-east-1"
}

variable "account_id" {
  type = string
  default = "123456789012"
}
