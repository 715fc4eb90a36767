variable "prefix" {
  type = string
}

resource "aws_rds_cluster" "main" {
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
  cluster_identifier = aws_rds_cluster.main.id
  identifier = "${var.prefix}-orders-db-${count.index}"
  engine = "aurora-postgresql"
  instance_class = "db.r6g.large"
}

resource "aws_iam_role" "proxy" {
  name = "${var.prefix}-proxy"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }] })
}

resource "aws_iam_role_policy" "proxy_access" {
  name = "${var.prefix}-proxy_access"
  role = aws_iam_role.proxy.name
  policy = join("", ["{\"Version\":\"2012-10-17\",\"Statement\":[", jsonencode({ Effect = "Allow", Action = ["rds-db:connect"], Resource = ["arn:aws:rds-db:${local.region}:${local.account_id}:dbuser:${aws_rds_cluster.main.cluster_resource_id}/other"] }), "]}"])
}

module "proxy" {
  source = "../proxy"
  prefix = var.prefix
  for_each = toset(["orders"])
  role_arn = aws_iam_role.proxy.arn
  security_group_ids = ["sg-0aa00000000000002"]
  secrets = {  }
  database = aws_rds_cluster.main.cluster_identifier
}

locals {
  orders_arn = "arn:aws:rds-db:${local.region}:${local.account_id}:dbuser:${element(split(":", one([module.proxy["orders"].arn])), length(split(":", module.proxy["orders"].arn)) - 1)}/app"
}

resource "aws_iam_role" "orders" {
  name = "${var.prefix}-orders"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }] })
}

data "aws_iam_policy_document" "orders_connect" {
  dynamic "statement" {
    for_each = [{ actions = ["rds-db:connect"], resources = [local.orders_arn] }]
    content {
      effect    = "Allow"
      actions   = statement.value.actions
      resources = statement.value.resources
    }
  }
}

resource "aws_iam_role_policy" "orders_connect" {
  name = "${var.prefix}-orders_connect"
  role = aws_iam_role.orders.name
  policy = data.aws_iam_policy_document.orders_connect.json
}

locals {
  region = "us-east-1"
  account_id = "123456789012"
}
