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

module "database" {
  source = "../database"
  name = "orders-db"
  security_group_ids = [aws_security_group.database.id]
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
  reporting_connect_allowed = { s0 = { Effect = "Allow", Action = ["rds-db:connect"], Resource = ["arn:aws:rds-db:${local.region}:${local.account_id}:dbuser:${module.database.resource_id}/reporting"] } }
}

resource "aws_iam_role_policy" "reporting_connect" {
  name = "reporting_connect"
  role = aws_iam_role.reporting.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [for key, statement in local.reporting_connect_allowed : statement] })
}

locals {
  region = "us-east-1"
  account_id = "123456789012"
}
