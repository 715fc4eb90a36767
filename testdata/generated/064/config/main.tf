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

resource "aws_rds_cluster" "main" {
  count = 1
  cluster_identifier = "orders-db"
  master_username = "root_admin"
  master_password = "canary-master-9f2c"
  engine = "aurora-mysql"
  engine_version = "8.0.mysql_aurora.3.08.0"
  vpc_security_group_ids = [aws_security_group.database.id]
  skip_final_snapshot = true
}

resource "aws_rds_cluster_instance" "main" {
  count = 2
  cluster_identifier = aws_rds_cluster.main[0].id
  identifier = "orders-db-${count.index}"
  engine = "aurora-mysql"
  instance_class = "db.r6g.large"
}

locals {
  reporting_arn = "arn:aws:rds-db:${local.region}:${local.account_id}:dbuser:${aws_rds_cluster.main[0].cluster_resource_id}/reporting"
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

data "aws_iam_policy_document" "reporting_connect_base" {
  statement {
    sid       = "Base0"
    effect    = "Allow"
    actions   = ["rds-db:connect"]
    resources = [local.reporting_arn]
  }
}

data "aws_iam_policy_document" "reporting_connect" {
  source_policy_documents = [data.aws_iam_policy_document.reporting_connect_base.json]

  statement {
    sid       = "Logs"
    effect    = "Allow"
    actions   = ["logs:PutLogEvents"]
    resources = ["*"]
  }
}

resource "aws_iam_policy" "reporting_connect" {
  name = "reporting_connect"
  policy = data.aws_iam_policy_document.reporting_connect.json
}

resource "aws_iam_role_policy_attachment" "reporting_connect" {
  for_each = { own = aws_iam_policy.reporting_connect.arn }
  role = aws_iam_role.reporting.name
  policy_arn = each.value
}

locals {
  region = "us-east-1"
  account_id = "123456789012"
}
