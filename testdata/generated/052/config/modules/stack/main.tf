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
  users = ["app", "batch"]
  credentials = { app = { username = "app", password = "canary-app-71aa" }, batch = { username = "batch", password = "canary-batch-71aa" } }
}

resource "aws_secretsmanager_secret" "user" {
  count = length(local.users)
  name = "orders/${local.users[count.index]}"
}

resource "aws_secretsmanager_secret_version" "user" {
  count = length(local.users)
  secret_id = aws_secretsmanager_secret.user[count.index].id
  secret_string = jsonencode(local.credentials[local.users[count.index]])
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

locals {
  proxy_access_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["secretsmanager:GetSecretValue"], Resource = [aws_secretsmanager_secret.user[0].arn, aws_secretsmanager_secret.user[1].arn] }] })
}

resource "aws_iam_role_policy" "proxy_access" {
  name = "proxy_access"
  role = aws_iam_role.proxy.name
  policy = local.proxy_access_policy
}

module "proxy" {
  source = "../proxy"
  role_arn = aws_iam_role.proxy.arn
  security_group_ids = ["sg-0aa00000000000002"]
  secrets = { app = { arn = aws_secretsmanager_secret.user[0].arn, mode = "REQUIRED" }, batch = { arn = aws_secretsmanager_secret.user[1].arn, mode = "DISABLED" } }
  database = aws_db_instance.main.identifier
}

resource "aws_iam_group" "orders" {
  name = "orders"
}

locals {
  orders_connect_statements = [{ Effect = "Allow", Action = ["rds-db:connect"], Resource = [format("arn:aws:rds-db:%s:%s:dbuser:%s/%s", "us-east-1", "123456789012", replace(module.proxy.arn, "/^.*:/", ""), "app")] }]
}

resource "aws_iam_group_policy" "orders_connect" {
  name = "orders_connect"
  group = aws_iam_group.orders.id
  policy = jsonencode({ Version = "2012-10-17", Statement = local.orders_connect_statements })
}
