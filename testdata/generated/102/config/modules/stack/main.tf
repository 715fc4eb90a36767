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
  from_port = 3306
  to_port = 3306
}

resource "aws_security_group_rule" "proxy_from_app" {
  type = "ingress"
  security_group_id = aws_security_group.proxy.id
  source_security_group_id = aws_security_group.app.id
  protocol = "tcp"
  from_port = 3306
  to_port = 3306
}

resource "aws_security_group_rule" "database_from_proxy" {
  type = "ingress"
  security_group_id = aws_security_group.database.id
  source_security_group_id = aws_security_group.proxy.id
  protocol = "tcp"
  from_port = 3306
  to_port = 3306
}

resource "aws_security_group_rule" "proxy_to_database" {
  type = "egress"
  security_group_id = aws_security_group.proxy.id
  source_security_group_id = aws_security_group.database.id
  protocol = "tcp"
  from_port = 3306
  to_port = 3306
}

module "database" {
  source = "../database"
  name = "${var.prefix}-orders-db"
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
  name = "${var.prefix}-reporting"
  assume_role_policy = data.aws_iam_policy_document.reporting_trust.json
}

module "reporting_connect" {
  source = "../policy"
  name = "${var.prefix}-reporting_connect"
  policy = length("on") > 0 ? jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "rds-db:connect", Resource = join(":", ["arn", "aws", "rds-db", "us-east-1", "123456789012", "dbuser", "${module.database.resource_id}/app"]) }] }) : null
}

resource "aws_iam_role_policy_attachment" "reporting_connect" {
  role = aws_iam_role.reporting.name
  policy_arn = module.reporting_connect.arn
}
