resource "aws_db_instance" "main" {
  identifier = "orders-db"
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
  credentials = { app = { username = "app", password = "canary-app-71aa" }, billing = { username = "billing", password = "canary-billing-71aa" } }
}

resource "aws_secretsmanager_secret" "user" {
  for_each = toset(["app", "billing"])
  name = format("orders/%s", each.value)
}

resource "aws_secretsmanager_secret_version" "user" {
  for_each = toset(["app", "billing"])
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
  name = "proxy"
  assume_role_policy = data.aws_iam_policy_document.proxy_trust.json
}

resource "aws_iam_role_policy" "proxy_access" {
  name = "proxy_access"
  role = aws_iam_role.proxy.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "secretsmanager:GetSecretValue", Resource = aws_secretsmanager_secret.user["billing"].arn }] })
}

module "proxy" {
  source = "../proxy"
  count = 1
  role_arn = aws_iam_role.proxy.arn
  security_group_ids = ["sg-0aa00000000000002"]
  secrets = { app = { arn = aws_secretsmanager_secret.user["app"].arn, mode = "REQUIRED" }, billing = { arn = aws_secretsmanager_secret.user["billing"].arn, mode = "REQUIRED" } }
  database = aws_db_instance.main.identifier
}

locals {
  orders_endpoint = reverse(split(":", module.proxy[0].arn))[0]
}

resource "aws_iam_role" "orders" {
  name = "orders"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }] })
}

locals {
  orders_connect_statements = [{ Effect = "Allow", Action = ["rds-db:connect"], Resource = [join(":", ["arn", "aws", "rds-db", "us-east-1", "123456789012", "dbuser", "${local.orders_endpoint}/app"])] }]
}

resource "aws_iam_role_policy" "orders_connect" {
  name = "orders_connect"
  role = aws_iam_role.orders.name
  policy = jsonencode({ Version = "2012-10-17", Statement = local.orders_connect_statements })
}

locals {
  reporting_endpoint = aws_db_instance.main.resource_id
}

resource "aws_iam_role" "reporting" {
  name = "reporting"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }] })
}

locals {
  reporting_connect_allowed = { s0 = { Effect = "Allow", Action = ["rds-db:connect"], Resource = [join(":", ["arn", "aws", "rds-db", "us-east-1", "123456789012", "dbuser", "${local.reporting_endpoint}/reporting"])] } }
}

resource "aws_iam_role_policy" "reporting_connect" {
  name = "reporting_connect"
  role = aws_iam_role.reporting.name
  policy = jsonencode({ Version = "2012-10-17", Statement = [for key, statement in local.reporting_connect_allowed : statement] })
}
