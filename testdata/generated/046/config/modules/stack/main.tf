resource "aws_rds_cluster" "main" {
  cluster_identifier = "orders-db"
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
  identifier = "orders-db-${count.index}"
  engine = "aurora-mysql"
  instance_class = "db.r6g.large"
}

resource "aws_secretsmanager_secret" "app" {
  name = "orders/app"
}

resource "aws_secretsmanager_secret_version" "app" {
  secret_id = aws_secretsmanager_secret.app.id
  secret_string = jsonencode({ username = "app", password = "canary-app-71aa" })
}

resource "aws_iam_role" "proxy" {
  name = "proxy"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "rds.amazonaws.com" } }] })
}

locals {
  proxy_access_statements = [{ Effect = "Allow", Action = ["secretsmanager:GetSecretValue"], Resource = [aws_secretsmanager_secret.app.arn] }]
}

resource "aws_iam_role_policy" "proxy_access" {
  name = "proxy_access"
  role = aws_iam_role.proxy.name
  policy = jsonencode({ Version = "2012-10-17", Statement = local.proxy_access_statements })
}

module "proxy" {
  source = "../proxy"
  for_each = toset(["orders"])
  role_arn = aws_iam_role.proxy.arn
  security_group_ids = ["sg-0aa00000000000002"]
  secrets = { app = { arn = aws_secretsmanager_secret.app.arn, mode = "REQUIRED" } }
  database = aws_rds_cluster.main.cluster_identifier
}

resource "aws_iam_user" "orders" {
  name = "orders"
}

data "aws_iam_policy_document" "orders_connect_base" {
  statement {
    sid       = "Base0"
    effect    = "Allow"
    actions   = ["rds-db:connect"]
    resources = ["arn:aws:rds-db:${local.region}:${local.account_id}:dbuser:${replace(module.proxy["orders"].arn, "/^.*:/", "")}/app"]
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

resource "aws_iam_user_policy" "orders_connect" {
  name = "orders_connect"
  user = aws_iam_user.orders.id
  policy = data.aws_iam_policy_document.orders_connect.json
}

locals {
  region = "us-east-1"
  account_id = "123456789012"
}
