variable "prefix" {
  type = string
}

resource "aws_rds_cluster" "main" {
  count = 1
  cluster_identifier = "${var.prefix}-orders-db"
  master_username = "root_admin"
  master_password = "canary-master-9f2c"
  engine = "aurora-postgresql"
  engine_version = "16.4"
  vpc_security_group_ids = ["sg-0db00000000000001"]
  skip_final_snapshot = true
  iam_database_authentication_enabled = true
}

resource "aws_rds_cluster_instance" "main" {
  count = 2
  cluster_identifier = aws_rds_cluster.main[0].id
  identifier = "${var.prefix}-orders-db-${count.index}"
  engine = "aurora-postgresql"
  instance_class = "db.r6g.large"
}

data "aws_iam_policy_document" "proxy_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["rds.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "proxy" {
  name = "${var.prefix}-proxy"
  assume_role_policy = data.aws_iam_policy_document.proxy_trust.json
}

data "aws_iam_policy_document" "proxy_access_override" {
  statement {
    sid       = "Own0"
    effect    = "Allow"
    actions   = ["rds-db:connect"]
    resources = ["arn:aws:rds-db:${local.region}:${local.account_id}:dbuser:${aws_rds_cluster.main[0].cluster_resource_id}/app"]
  }
}

data "aws_iam_policy_document" "proxy_access" {
  override_policy_documents = [data.aws_iam_policy_document.proxy_access_override.json]

  statement {
    sid       = "Own0"
    effect    = "Allow"
    actions   = ["logs:PutLogEvents"]
    resources = ["*"]
  }
}

resource "aws_iam_policy" "proxy_access" {
  name = "${var.prefix}-proxy_access"
  policy = data.aws_iam_policy_document.proxy_access.json
}

resource "aws_iam_role_policy_attachment" "proxy_access" {
  role = aws_iam_role.proxy.name
  policy_arn = aws_iam_policy.proxy_access.arn
}

resource "aws_db_proxy" "main" {
  for_each = toset(["orders"])
  name = "${var.prefix}-orders-proxy"
  engine_family = "POSTGRESQL"
  default_auth_scheme = "IAM_AUTH"
  role_arn = aws_iam_role.proxy.arn
  vpc_subnet_ids = ["subnet-0aaa0000000000001", "subnet-0bbb0000000000002"]
  vpc_security_group_ids = ["sg-0aa00000000000002"]
}

resource "aws_db_proxy_default_target_group" "main" {
  for_each = toset(["orders"])
  db_proxy_name = aws_db_proxy.main[each.key].name
}

resource "aws_db_proxy_target" "main" {
  for_each = toset(["orders"])
  db_proxy_name = aws_db_proxy.main[each.key].name
  target_group_name = aws_db_proxy_default_target_group.main[each.key].name
  db_cluster_identifier = aws_rds_cluster.main[0].cluster_identifier
}

resource "aws_iam_role" "orders" {
  name = "${var.prefix}-orders"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }] })
}

locals {
  orders_connect_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["rds-db:connect"], Resource = ["arn:aws:rds-db:${local.region}:${local.account_id}:dbuser:${element(split(":", aws_db_proxy.main["orders"].arn), 6)}/app"] }] })
}

resource "aws_iam_policy" "orders_connect" {
  name = "${var.prefix}-orders_connect"
  policy = local.orders_connect_policy
}

resource "aws_iam_role_policy_attachment" "orders_connect" {
  role = aws_iam_role.orders.name
  policy_arn = aws_iam_policy.orders_connect.arn
}

locals {
  region = "us-east-1"
  account_id = "123456789012"
}
