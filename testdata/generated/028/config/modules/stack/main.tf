variable "prefix" {
  type = string
}

resource "aws_security_group" "app" {
  name = "${var.prefix}-app"
  vpc_id = "vpc-0123456789abcdef0"
}

resource "aws_security_group" "proxy" {
  name = "${var.prefix}-proxy"
  vpc_id = "vpc-0123456789abcdef0"
}

resource "aws_security_group" "database" {
  name = "${var.prefix}-database"
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
  from_port = 5432
  to_port = 5432
}

resource "aws_vpc_security_group_egress_rule" "proxy_to_database" {
  security_group_id = aws_security_group.proxy.id
  referenced_security_group_id = aws_security_group.database.id
  ip_protocol = "tcp"
  from_port = 5432
  to_port = 5432
}

resource "aws_rds_cluster" "main" {
  cluster_identifier = "${var.prefix}-orders-db"
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
  identifier = "${var.prefix}-orders-db-${count.index}"
  engine = "aurora-postgresql"
  instance_class = "db.r6g.large"
}

module "secret" {
  source = "../secret"
  prefix = var.prefix
  for_each = { app = { username = "app", password = "canary-app-71aa" } }
  name = each.key
  content = each.value
}

resource "aws_iam_role" "proxy" {
  name = "${var.prefix}-proxy"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "rds.amazonaws.com" } }] })
}

resource "aws_iam_role_policy" "proxy_access" {
  name = "${var.prefix}-proxy_access"
  role = aws_iam_role.proxy.id
  policy = jsonencode({ Version = "2012-10-17", Statement = concat([{ Effect = "Allow", Action = ["secretsmanager:GetSecretValue"], Resource = [module.secret["app"].arn] }], [{ Effect = "Allow", Action = ["logs:PutLogEvents"], Resource = ["*"] }]) })
}

locals {
  auth = { app = { mode = "ENABLED", arn = module.secret["app"].arn } }
}

resource "aws_db_proxy" "main" {
  name = "${var.prefix}-orders-proxy"
  engine_family = "POSTGRESQL"
  require_tls = true
  role_arn = aws_iam_role.proxy.arn
  vpc_subnet_ids = ["subnet-0aaa0000000000001", "subnet-0bbb0000000000002"]
  vpc_security_group_ids = [aws_security_group.proxy.id]
  dynamic "auth" {
    for_each = { for name, entry in local.auth : name => entry if name != "nobody" }
    content {
      auth_scheme = "SECRETS"
      iam_auth = auth.value.mode
      secret_arn = auth.value.arn
    }
  }
}

resource "aws_db_proxy_default_target_group" "main" {
  db_proxy_name = aws_db_proxy.main.name
}

resource "aws_db_proxy_target" "main" {
  db_proxy_name = aws_db_proxy.main.name
  target_group_name = aws_db_proxy_default_target_group.main.name
  db_cluster_identifier = aws_rds_cluster.main.cluster_identifier
}

locals {
  orders_arn = "arn:aws:rds-db:us-east-1:123456789012:dbuser:${replace(aws_db_proxy.main.arn, "/^.*:/", "")}/app"
}

data "aws_iam_policy_document" "orders_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "orders" {
  name = "${var.prefix}-orders"
  assume_role_policy = data.aws_iam_policy_document.orders_trust.json
}

locals {
  orders_connect_allowed = { s0 = { Effect = "Allow", Action = ["rds-db:connect"], Resource = [local.orders_arn] } }
}

resource "aws_iam_role_policy" "orders_connect" {
  name = "${var.prefix}-orders_connect"
  role = aws_iam_role.orders.name
  policy = jsonencode({ Version = "2012-10-17", Statement = [for key, statement in local.orders_connect_allowed : statement] })
}
