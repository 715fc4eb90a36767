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

data "aws_iam_policy_document" "proxy_access" {
  dynamic "statement" {
    for_each = [{ actions = ["secretsmanager:GetSecretValue"], resources = [aws_secretsmanager_secret.app.arn] }]
    content {
      effect    = "Allow"
      actions   = statement.value.actions
      resources = statement.value.resources
    }
  }
}

resource "aws_iam_role_policy" "proxy_access" {
  name = "proxy_access"
  role = aws_iam_role.proxy.name
  policy = data.aws_iam_policy_document.proxy_access.json
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
    for_each = [{ mode = "REQUIRED", arn = aws_secretsmanager_secret.app.arn }]
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
  target_group_name = "default"
  db_cluster_identifier = aws_rds_cluster.main.cluster_identifier
}

locals {
  orders_arn = join(":", ["arn", "aws", "rds-db", "us-east-1", "123456789012", "dbuser", "${reverse(split(":", aws_db_proxy.main[0].arn))[0]}/app"])
}

resource "aws_iam_role" "orders" {
  name = "orders"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }] })
}

data "aws_iam_policy_document" "orders_connect" {
  statement {
    effect    = "Allow"
    actions   = ["rds-db:connect"]
    resources = [local.orders_arn]
  }
}

resource "aws_iam_role_policy" "orders_connect" {
  name = "orders_connect"
  role = aws_iam_role.orders.id
  policy = data.aws_iam_policy_document.orders_connect.json
}
