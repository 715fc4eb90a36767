terraform {
  required_version = ">= 1.5"

  required_providers {
    aws = {
      source = "hashicorp/aws"
      version = "~> 6.0"
    }
  }
}

provider "aws" {
  region = "us-east-1"
}

resource "aws_security_group" "app" {
  name = "app"
  vpc_id = "vpc-0123456789abcdef0"
}

resource "aws_security_group" "proxy" {
  name = "proxy"
  vpc_id = "vpc-0123456789abcdef0"
}

resource "aws_security_group" "database" {
  name = "database"
  vpc_id = "vpc-0123456789abcdef0"
}

resource "aws_security_group_rule" "app_to_proxy" {
  type = "egress"
  security_group_id = aws_security_group.app.id
  source_security_group_id = aws_security_group.proxy.id
  protocol = "tcp"
  from_port = 5432
  to_port = 5432
}

resource "aws_security_group_rule" "proxy_from_app" {
  type = "ingress"
  security_group_id = aws_security_group.proxy.id
  source_security_group_id = aws_security_group.app.id
  protocol = "tcp"
  from_port = 5432
  to_port = 5432
}

resource "aws_security_group_rule" "database_from_proxy" {
  type = "ingress"
  security_group_id = aws_security_group.database.id
  source_security_group_id = aws_security_group.proxy.id
  protocol = "tcp"
  from_port = 5432
  to_port = 5432
}

resource "aws_security_group_rule" "proxy_to_database" {
  type = "egress"
  security_group_id = aws_security_group.proxy.id
  source_security_group_id = aws_security_group.database.id
  protocol = "tcp"
  from_port = 5432
  to_port = 5432
}

resource "aws_rds_cluster" "main" {
  cluster_identifier = "orders-db"
  master_username = "root_admin"
  master_password = "canary-master-9f2c"
  engine = "aurora-postgresql"
  engine_version = "16.4"
  vpc_security_group_ids = [aws_security_group.database.id]
  skip_final_snapshot = true
  iam_database_authentication_enabled = true
}

resource "aws_rds_cluster_instance" "main" {
  count = 2
  cluster_identifier = aws_rds_cluster.main.id
  identifier = "orders-db-${count.index}"
  engine = "aurora-postgresql"
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

data "aws_iam_policy_document" "proxy_access" {
  statement {
    effect    = "Allow"
    actions   = ["secretsmanager:GetSecretValue"]
    resources = [aws_secretsmanager_secret.app.arn]
  }
}

resource "aws_iam_policy" "proxy_access" {
  name = "proxy_access"
  policy = data.aws_iam_policy_document.proxy_access.json
}

resource "aws_iam_role_policy_attachment" "proxy_access" {
  for_each = { own = aws_iam_policy.proxy_access.arn }
  role = aws_iam_role.proxy.name
  policy_arn = each.value
}

resource "aws_db_proxy" "main" {
  for_each = toset(["orders"])
  name = "orders-proxy"
  engine_family = "MYSQL"
  require_tls = true
  role_arn = aws_iam_role.proxy.arn
  vpc_subnet_ids = ["subnet-0aaa0000000000001", "subnet-0bbb0000000000002"]
  vpc_security_group_ids = [aws_security_group.proxy.id]
  auth {
    auth_scheme = "SECRETS"
    iam_auth = "REQUIRED"
    secret_arn = aws_secretsmanager_secret.app.arn
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
  db_cluster_identifier = aws_rds_cluster.main.cluster_identifier
}

locals {
  orders_arn = "arn:aws:rds-db:${local.region}:${local.account_id}:dbuser:${element(split(":", one([aws_db_proxy.main["orders"].arn])), length(split(":", aws_db_proxy.main["orders"].arn)) - 1)}/app"
}

resource "aws_iam_group" "orders" {
  name = "orders"
}

data "aws_iam_policy_document" "orders_connect_base" {
  statement {
    sid       = "Base0"
    effect    = "Allow"
    actions   = ["rds-db:connect"]
    resources = [local.orders_arn]
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
  name = "orders_connect"
  policy = data.aws_iam_policy_document.orders_connect.json
}

resource "aws_iam_group_policy_attachment" "orders_connect" {
  for_each = { own = aws_iam_policy.orders_connect.arn }
  group = aws_iam_group.orders.name
  policy_arn = each.value
}

locals {
  reporting_arn = "arn:aws:rds-db:${local.region}:${local.account_id}:dbuser:${aws_rds_cluster.main.cluster_resource_id}/reporting"
}

resource "aws_iam_role" "reporting" {
  name = "reporting"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }] })
}

resource "aws_iam_policy" "reporting_connect" {
  name = "reporting_connect"
  policy = length("on") > 0 ? jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "rds-db:connect", Resource = local.reporting_arn }] }) : null
}

resource "aws_iam_role_policy_attachment" "reporting_connect" {
  for_each = { own = aws_iam_policy.reporting_connect.arn }
  role = aws_iam_role.reporting.name
  policy_arn = each.value
}

locals {
  region = "us-east-1"
  account_id = "123456789012"
}
