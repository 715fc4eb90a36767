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

resource "aws_vpc_security_group_egress_rule" "app_to_proxy" {
  for_each = { tcp = { port = 3306 } }
  security_group_id = aws_security_group.app.id
  referenced_security_group_id = aws_security_group.proxy.id
  ip_protocol = "tcp"
  from_port = each.value.port
  to_port = each.value.port
}

resource "aws_vpc_security_group_ingress_rule" "proxy_from_app" {
  for_each = { tcp = { port = 3306 } }
  security_group_id = aws_security_group.proxy.id
  referenced_security_group_id = aws_security_group.app.id
  ip_protocol = "tcp"
  from_port = each.value.port
  to_port = each.value.port
}

resource "aws_vpc_security_group_ingress_rule" "database_from_proxy" {
  for_each = { tcp = { port = 3306 } }
  security_group_id = aws_security_group.database.id
  referenced_security_group_id = aws_security_group.proxy.id
  ip_protocol = "tcp"
  from_port = each.value.port
  to_port = each.value.port
}

resource "aws_vpc_security_group_egress_rule" "proxy_to_database" {
  for_each = { tcp = { port = 3306 } }
  security_group_id = aws_security_group.proxy.id
  referenced_security_group_id = aws_security_group.database.id
  ip_protocol = "tcp"
  from_port = each.value.port
  to_port = each.value.port
}

resource "aws_db_instance" "main" {
  identifier = "orders-db"
  instance_class = "db.m6i.large"
  allocated_storage = 100
  storage_encrypted = true
  username = "root_admin"
  password = "canary-master-9f2c"
  engine = "mysql"
  engine_version = "8.0.40"
  vpc_security_group_ids = [aws_security_group.database.id]
  skip_final_snapshot = true
  iam_database_authentication_enabled = true
}

locals {
  users = ["app", "billing"]
  credentials = { app = { username = "app", password = "canary-app-71aa" }, billing = { username = "billing", password = "canary-billing-71aa" } }
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
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }] })
}

data "aws_iam_policy_document" "proxy_access" {
  statement {
    effect    = "Allow"
    actions   = ["secretsmanager:GetSecretValue"]
    resources = [aws_secretsmanager_secret.user[0].arn, aws_secretsmanager_secret.user[1].arn]
  }
}

resource "aws_iam_policy" "proxy_access" {
  name = "proxy_access"
  policy = data.aws_iam_policy_document.proxy_access.json
}

resource "aws_iam_policy_attachment" "proxy_access" {
  name = "proxy_access"
  roles = [aws_iam_role.proxy.name]
  policy_arn = aws_iam_policy.proxy_access.arn
}

module "proxy" {
  source = "../proxy"
  role_arn = aws_iam_role.proxy.arn
  security_group_ids = [aws_security_group.proxy.id]
  secrets = { app = { arn = aws_secretsmanager_secret.user[0].arn, mode = null }, billing = { arn = aws_secretsmanager_secret.user[1].arn, mode = "DISABLED" } }
  database = aws_db_instance.main.identifier
}

locals {
  orders_endpoint = element(split(":", one([module.proxy.arn])), length(split(":", module.proxy.arn)) - 1)
}

resource "aws_iam_role" "orders" {
  name = "orders"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }] })
}

resource "aws_iam_policy" "orders_connect" {
  name = "orders_connect"
  policy = <<-JSON
    {
      "Version": "2012-10-17",
      "Statement": [
    %{~ for index, version in ["2012-10-17"] ~}
        { "Effect": "Allow", "Action": ["rds-db:connect"], "Resource": ["${join(":", ["arn", "aws", "rds-db", "us-east-1", "123456789012", "dbuser", "${local.orders_endpoint}/app"])}"] }
    %{~ endfor ~}
      ]
    }
  JSON
}

resource "aws_iam_policy_attachment" "orders_connect" {
  name = "orders_connect"
  roles = [aws_iam_role.orders.name]
  policy_arn = aws_iam_policy.orders_connect.arn
}

locals {
  reporting_endpoint = aws_db_instance.main.resource_id
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
  policy = length("on") > 0 ? jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "rds-db:connect", Resource = join(":", ["arn", "aws", "rds-db", "us-east-1", "123456789012", "dbuser", "${local.reporting_endpoint}/reporting"]) }] }) : null
}

resource "aws_iam_policy_attachment" "reporting_connect" {
  name = "reporting_connect"
  roles = [aws_iam_role.reporting.name]
  policy_arn = aws_iam_policy.reporting_connect.arn
}
