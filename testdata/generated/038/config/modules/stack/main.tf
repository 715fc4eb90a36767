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
  for_each = { tcp = { port = 5432 } }
  security_group_id = aws_security_group.app.id
  referenced_security_group_id = aws_security_group.proxy.id
  ip_protocol = "tcp"
  from_port = each.value.port
  to_port = each.value.port
}

resource "aws_vpc_security_group_ingress_rule" "proxy_from_app" {
  for_each = { tcp = { port = 5432 } }
  security_group_id = aws_security_group.proxy.id
  referenced_security_group_id = aws_security_group.app.id
  ip_protocol = "tcp"
  from_port = each.value.port
  to_port = each.value.port
}

resource "aws_vpc_security_group_ingress_rule" "database_from_proxy" {
  for_each = { tcp = { port = 5432 } }
  security_group_id = aws_security_group.database.id
  referenced_security_group_id = aws_security_group.proxy.id
  ip_protocol = "tcp"
  from_port = each.value.port
  to_port = each.value.port
}

resource "aws_vpc_security_group_egress_rule" "proxy_to_database" {
  for_each = { tcp = { port = 5432 } }
  security_group_id = aws_security_group.proxy.id
  referenced_security_group_id = aws_security_group.database.id
  ip_protocol = "tcp"
  from_port = each.value.port
  to_port = each.value.port
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

resource "aws_kms_key" "main" {
  description = "secrets"
}

locals {
  credentials = { app = { username = "app", password = "canary-app-71aa" } }
}

resource "aws_secretsmanager_secret" "user" {
  for_each = toset(["app"])
  name = format("orders/%s", each.value)
  kms_key_id = aws_kms_key.main.arn
}

resource "aws_secretsmanager_secret_version" "user" {
  for_each = toset(["app"])
  secret_id = aws_secretsmanager_secret.user[each.key].id
  secret_string = jsonencode(local.credentials[each.key])
}

resource "aws_iam_role" "proxy" {
  name = "proxy"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "rds.amazonaws.com" } }] })
}

locals {
  proxy_access_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["secretsmanager:GetSecretValue"], Resource = [aws_secretsmanager_secret.user["app"].arn] }] })
}

module "proxy_access" {
  source = "../policy"
  name = "proxy_access"
  policy = local.proxy_access_policy
}

resource "aws_iam_role_policy_attachment" "proxy_access" {
  role = aws_iam_role.proxy.name
  policy_arn = module.proxy_access.arn
}

module "proxy" {
  source = "../proxy"
  for_each = toset(["orders"])
  role_arn = aws_iam_role.proxy.arn
  security_group_ids = [aws_security_group.proxy.id]
  secrets = { app = { arn = aws_secretsmanager_secret.user["app"].arn, mode = "REQUIRED" } }
  database = aws_rds_cluster.main.cluster_identifier
}

locals {
  orders_endpoint = replace(module.proxy["orders"].arn, "/^.*:/", "")
}

resource "aws_iam_group" "orders" {
  name = "orders"
}

module "orders_connect" {
  source = "../policy"
  name = "orders_connect"
  policy = join("", ["{\"Version\":\"2012-10-17\",\"Statement\":[", jsonencode({ Effect = "Allow", Action = ["rds-db:connect"], Resource = [format("arn:aws:rds-db:%s:%s:dbuser:%s/%s", "us-east-1", "123456789012", local.orders_endpoint, "app")] }), "]}"])
}

resource "aws_iam_group_policy_attachment" "orders_connect" {
  group = aws_iam_group.orders.name
  policy_arn = module.orders_connect.arn
}

locals {
  reporting_endpoint = aws_rds_cluster.main.cluster_resource_id
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
  reporting_connect_allowed = { s0 = { Effect = "Allow", Action = ["rds-db:connect"], Resource = [format("arn:aws:rds-db:%s:%s:dbuser:%s/%s", "us-east-1", "123456789012", local.reporting_endpoint, "reporting")] } }
}

module "reporting_connect" {
  source = "../policy"
  name = "reporting_connect"
  policy = jsonencode({ Version = "2012-10-17", Statement = [for key, statement in local.reporting_connect_allowed : statement] })
}

resource "aws_iam_role_policy_attachment" "reporting_connect" {
  role = aws_iam_role.reporting.name
  policy_arn = module.reporting_connect.arn
}

locals {
  worker_endpoint = replace(module.proxy["orders"].arn, "/^.*:/", "")
}

data "aws_iam_policy_document" "worker_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "worker" {
  name = "worker"
  assume_role_policy = data.aws_iam_policy_document.worker_trust.json
}

module "worker_connect" {
  source = "../policy"
  name = "worker_connect"
  policy = jsonencode(merge({ Version = "2012-10-17" }, { Statement = [{ Effect = "Allow", Action = "rds-db:connect", Resource = format("arn:aws:rds-db:%s:%s:dbuser:%s/%s", "us-east-1", "123456789012", local.worker_endpoint, "app") }] }))
}

resource "aws_iam_role_policy_attachment" "worker_connect" {
  role = aws_iam_role.worker.name
  policy_arn = module.worker_connect.arn
}
