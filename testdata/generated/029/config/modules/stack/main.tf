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
  users = ["app"]
  credentials = { app = { username = "app", password = "canary-app-71aa" } }
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

resource "aws_iam_role" "proxy" {
  name = "proxy"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "rds.amazonaws.com" } }] })
}

resource "aws_iam_role_policy" "proxy_access" {
  name = "proxy_access"
  role = aws_iam_role.proxy.id
  policy = <<-JSON
    {
      "Version": "2012-10-17",
      "Statement": [
        { "Effect": "Allow", "Action": ["secretsmanager:DescribeSecret"], "Resource": ["${aws_secretsmanager_secret.user[0].arn}"] }
      ]
    }
  JSON
}

module "proxy" {
  source = "../proxy"
  for_each = toset(["orders"])
  role_arn = aws_iam_role.proxy.arn
  security_group_ids = ["sg-0aa00000000000002"]
  secrets = { app = { arn = aws_secretsmanager_secret.user[0].arn, mode = "REQUIRED" } }
  database = aws_db_instance.main.identifier
}

locals {
  orders_arn = "arn:aws:rds-db:${var.region}:${var.account_id}:dbuser:${element(split(":", module.proxy["orders"].arn), 6)}/app"
}

resource "aws_iam_role" "orders" {
  name = "orders"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }] })
}

module "orders_connect" {
  source = "../policy"
  name = "orders_connect"
  policy = <<-JSON
    {
      "Version": "2012-10-17",
      "Statement": [
    %{~ for index, version in ["2012-10-17"] ~}
        { "Effect": "Allow", "Action": ["rds-db:connect"], "Resource": ["${local.orders_arn}"] }
    %{~ endfor ~}
      ]
    }
  JSON
}

resource "aws_iam_role_policy_attachment" "orders_connect" {
  role = aws_iam_role.orders.name
  policy_arn = module.orders_connect.arn
}

locals {
  reporting_arn = "arn:aws:rds-db:${var.region}:${var.account_id}:dbuser:${aws_db_instance.main.resource_id}/reporting"
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

locals {
  reporting_connect_statements = [{ Effect = "Allow", Action = ["rds-db:connect"], Resource = [local.reporting_arn] }]
}

module "reporting_connect" {
  source = "../policy"
  name = "reporting_connect"
  policy = jsonencode({ Version = "2012-10-17", Statement = local.reporting_connect_statements })
}

resource "aws_iam_role_policy_attachment" "reporting_connect" {
  role = aws_iam_role.reporting.name
  policy_arn = module.reporting_connect.arn
}

variable "region" {
  type = string
  default = "us-east-1"
}

variable "account_id" {
  type = string
  default = "123456789012"
}
