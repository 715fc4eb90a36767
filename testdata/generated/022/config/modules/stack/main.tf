variable "prefix" {
  type = string
}

resource "aws_db_instance" "main" {
  count = 1
  identifier = "${var.prefix}-orders-db"
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
  credentials = { app = { username = "app", password = "canary-app-71aa" }, batch = { username = "batch", password = "canary-batch-71aa" }, billing = { username = "billing", password = "canary-billing-71aa" } }
}

resource "aws_secretsmanager_secret" "user" {
  for_each = local.credentials
  name = "${var.prefix}-orders/${each.key}"
}

resource "aws_secretsmanager_secret_version" "user" {
  for_each = local.credentials
  secret_id = aws_secretsmanager_secret.user[each.key].id
  secret_string = jsonencode(each.value)
}

resource "aws_iam_role" "proxy" {
  name = "${var.prefix}-proxy"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }] })
}

locals {
  proxy_access_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["secretsmanager:GetSecretValue"], Resource = [aws_secretsmanager_secret.user["app"].arn, aws_secretsmanager_secret.user["batch"].arn, aws_secretsmanager_secret.user["billing"].arn] }] })
}

resource "aws_iam_policy" "proxy_access" {
  name = "${var.prefix}-proxy_access"
  policy = local.proxy_access_policy
}

resource "aws_iam_role_policy_attachment" "proxy_access" {
  for_each = { own = aws_iam_policy.proxy_access.arn }
  role = aws_iam_role.proxy.name
  policy_arn = each.value
}

module "proxy" {
  source = "../proxy"
  prefix = var.prefix
  count = 1
  role_arn = aws_iam_role.proxy.arn
  security_group_ids = ["sg-0aa00000000000002"]
  secrets = { app = { arn = aws_secretsmanager_secret.user["app"].arn, mode = "DISABLED" }, batch = { arn = aws_secretsmanager_secret.user["batch"].arn, mode = "REQUIRED" }, billing = { arn = aws_secretsmanager_secret.user["billing"].arn, mode = "REQUIRED" } }
  database = aws_db_instance.main[0].identifier
}

resource "aws_iam_role" "orders" {
  name = "${var.prefix}-orders"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }] })
}

resource "aws_iam_role_policy" "orders_connect" {
  name = "${var.prefix}-orders_connect"
  role = aws_iam_role.orders.name
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "rds-db:connect", Resource = format("arn:aws:rds-db:%s:%s:dbuser:%s/%s", "us-east-1", "123456789012", element(split(":", module.proxy[0].arn), 6), "app") }] })
}

resource "aws_iam_role" "reporting" {
  name = "${var.prefix}-reporting"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }] })
}

locals {
  reporting_connect_statements = [{ Effect = "Allow", Action = ["rds-db:connect"], Resource = [format("arn:aws:rds-db:%s:%s:dbuser:%s/%s", "us-east-1", "123456789012", aws_db_instance.main[0].resource_id, "reporting")] }]
}

resource "aws_iam_policy" "reporting_connect" {
  name = "${var.prefix}-reporting_connect"
  policy = jsonencode({ Version = "2012-10-17", Statement = local.reporting_connect_statements })
}

resource "aws_iam_role_policy_attachment" "reporting_connect" {
  for_each = { own = aws_iam_policy.reporting_connect.arn }
  role = aws_iam_role.reporting.name
  policy_arn = each.value
}

resource "aws_iam_role" "worker" {
  name = "${var.prefix}-worker"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }] })
}

resource "aws_iam_policy" "worker_connect" {
  name = "${var.prefix}-worker_connect"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "rds-db:connect", Resource = format("arn:aws:rds-db:%s:%s:dbuser:%s/%s", "us-east-1", "123456789012", element(split(":", module.proxy[0].arn), 6), "app") }] })
}

resource "aws_iam_role_policy_attachment" "worker_connect" {
  for_each = { own = aws_iam_policy.worker_connect.arn }
  role = aws_iam_role.worker.name
  policy_arn = each.value
}
