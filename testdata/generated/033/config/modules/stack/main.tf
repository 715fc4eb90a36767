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

locals {
  credentials = { app = { username = "app", password = "canary-app-71aa" }, batch = { username = "batch", password = "canary-batch-71aa" }, billing = { username = "billing", password = "canary-billing-71aa" } }
}

resource "aws_secretsmanager_secret" "user" {
  for_each = toset(["app", "batch", "billing"])
  name = format("${var.prefix}-orders/%s", each.value)
}

resource "aws_secretsmanager_secret_version" "user" {
  for_each = toset(["app", "batch", "billing"])
  secret_id = aws_secretsmanager_secret.user[each.key].id
  secret_string = jsonencode(local.credentials[each.key])
}

resource "aws_iam_role" "proxy" {
  name = "${var.prefix}-proxy"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "rds.amazonaws.com" } }] })
}

data "aws_iam_policy_document" "proxy_access" {
  statement {
    effect    = "Allow"
    actions   = ["secretsmanager:GetSecretValue"]
    resources = [for arn in [aws_secretsmanager_secret.user["app"].arn, aws_secretsmanager_secret.user["batch"].arn, aws_secretsmanager_secret.user["billing"].arn] : arn]
  }
}

resource "aws_iam_policy" "proxy_access" {
  name = "${var.prefix}-proxy_access"
  policy = data.aws_iam_policy_document.proxy_access.json
}

resource "aws_iam_role_policy_attachment" "proxy_access" {
  for_each = { own = aws_iam_policy.proxy_access.arn }
  role = aws_iam_role.proxy.name
  policy_arn = each.value
}

resource "aws_db_proxy" "main" {
  name = "${var.prefix}-orders-proxy"
  engine_family = "POSTGRESQL"
  require_tls = true
  role_arn = aws_iam_role.proxy.arn
  vpc_subnet_ids = ["subnet-0aaa0000000000001", "subnet-0bbb0000000000002"]
  vpc_security_group_ids = [aws_security_group.proxy.id]
  auth {
    auth_scheme = "SECRETS"
    iam_auth = "DISABLED"
    secret_arn = aws_secretsmanager_secret.user["app"].arn
  }
  auth {
    auth_scheme = "SECRETS"
    iam_auth = "DISABLED"
    secret_arn = aws_secretsmanager_secret.user["batch"].arn
  }
  auth {
    auth_scheme = "SECRETS"
    iam_auth = "REQUIRED"
    secret_arn = aws_secretsmanager_secret.user["billing"].arn
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
  orders_endpoint = split(":", aws_db_proxy.main.arn)[6]
}

resource "aws_iam_group" "orders" {
  name = "${var.prefix}-orders"
}

locals {
  orders_connect_statements = [{ Effect = "Allow", Action = ["rds-db:connect"], Resource = [join(":", ["arn", "aws", "rds-db", "us-east-1", "123456789012", "dbuser", "${local.orders_endpoint}/app"])] }]
}

resource "aws_iam_policy" "orders_connect" {
  name = "${var.prefix}-orders_connect"
  policy = jsonencode({ Version = "2012-10-17", Statement = local.orders_connect_statements })
}

resource "aws_iam_group_policy_attachment" "orders_connect" {
  for_each = { own = aws_iam_policy.orders_connect.arn }
  group = aws_iam_group.orders.name
  policy_arn = each.value
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
  name = "${var.prefix}-reporting"
  assume_role_policy = data.aws_iam_policy_document.reporting_trust.json
}

data "aws_iam_policy_document" "reporting_connect_override" {
  statement {
    sid       = "Own0"
    effect    = "Allow"
    actions   = ["rds-db:connect"]
    resources = [join(":", ["arn", "aws", "rds-db", "us-east-1", "123456789012", "dbuser", "${local.reporting_endpoint}/app"])]
  }
}

data "aws_iam_policy_document" "reporting_connect" {
  override_policy_documents = [data.aws_iam_policy_document.reporting_connect_override.json]

  statement {
    sid       = "Own0"
    effect    = "Allow"
    actions   = ["logs:PutLogEvents"]
    resources = ["*"]
  }
}

resource "aws_iam_policy" "reporting_connect" {
  name = "${var.prefix}-reporting_connect"
  policy = data.aws_iam_policy_document.reporting_connect.json
}

resource "aws_iam_role_policy_attachment" "reporting_connect" {
  for_each = { own = aws_iam_policy.reporting_connect.arn }
  role = aws_iam_role.reporting.name
  policy_arn = each.value
}
