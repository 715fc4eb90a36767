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
  security_group_id = aws_security_group.app.id
  referenced_security_group_id = aws_security_group.proxy.id
  ip_protocol = "tcp"
  from_port = 5432
  to_port = 5432
}

resource "aws_vpc_security_group_ingress_rule" "proxy_from_app" {
  security_group_id = aws_security_group.proxy.id
  referenced_security_group_id = aws_security_group.app.id
  ip_protocol = "tcp"
  from_port = 5432
  to_port = 5432
}

resource "aws_vpc_security_group_ingress_rule" "database_from_proxy" {
  security_group_id = aws_security_group.database.id
  referenced_security_group_id = aws_security_group.proxy.id
  ip_protocol = "tcp"
  from_port = 5433
  to_port = 5433
}

resource "aws_vpc_security_group_egress_rule" "proxy_to_database" {
  security_group_id = aws_security_group.proxy.id
  referenced_security_group_id = aws_security_group.database.id
  ip_protocol = "tcp"
  from_port = 5432
  to_port = 5432
}

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
  vpc_security_group_ids = [aws_security_group.database.id]
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

locals {
  proxy_access_allowed = { s0 = { Effect = "Allow", Action = ["secretsmanager:DescribeSecret"], Resource = [aws_secretsmanager_secret.user[0].arn] } }
}

resource "aws_iam_policy" "proxy_access" {
  name = "proxy_access"
  policy = jsonencode({ Version = "2012-10-17", Statement = [for key, statement in local.proxy_access_allowed : statement] })
}

resource "aws_iam_role_policy_attachment" "proxy_access" {
  role = aws_iam_role.proxy.name
  policy_arn = aws_iam_policy.proxy_access.arn
}

module "proxy" {
  source = "../proxy"
  count = 1
  role_arn = aws_iam_role.proxy.arn
  security_group_ids = [aws_security_group.proxy.id]
  secrets = { app = { arn = aws_secretsmanager_secret.user[0].arn, mode = null } }
  database = aws_db_instance.main[0].identifier
}

locals {
  orders_arn = "arn:aws:rds-db:eu-central-1:${local.account_id}:dbuser:${reverse(split(":", module.proxy[0].arn))[0]}/app"
}

resource "aws_iam_role" "orders" {
  name = "orders"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }] })
}

resource "aws_iam_policy" "orders_connect" {
  name = "orders_connect"
  policy = length("on") > 0 ? jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "rds-db:connect", Resource = local.orders_arn }] }) : null
}

resource "aws_iam_role_policy_attachment" "orders_connect" {
  role = aws_iam_role.orders.name
  policy_arn = aws_iam_policy.orders_connect.arn
}

locals {
  reporting_arn = "arn:aws:rds-db:${local.region}:${local.account_id}:dbuser:${aws_db_instance.main[0].resource_id}/reporting"
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
  policy = join("", ["{\"Version\":\"2012-10-17\",\"Statement\":[", jsonencode({ Effect = "Allow", Action = ["rds-db:connect"], Resource = [local.reporting_arn] }), "]}"])
}

resource "aws_iam_role_policy_attachment" "reporting_connect" {
  role = aws_iam_role.reporting.name
  policy_arn = aws_iam_policy.reporting_connect.arn
}

locals {
  region = "us-east-1"
  account_id = "123456789012"
}
