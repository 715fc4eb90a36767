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

module "secret" {
  source = "../secret"
  prefix = var.prefix
  for_each = { app = { username = "app", password = "canary-app-71aa" }, billing = { username = "billing", password = "canary-billing-71aa" } }
  name = each.key
  content = each.value
}

resource "aws_iam_role" "proxy" {
  name = "${var.prefix}-proxy"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "rds.amazonaws.com" } }] })
}

resource "aws_iam_policy" "proxy_access" {
  name = "${var.prefix}-proxy_access"
  policy = <<-JSON
    {
      "Version": "2012-10-17",
      "Statement": [
    %{~ for index, version in ["2012-10-17"] ~}
        { "Effect": "Allow", "Action": ["secretsmanager:GetSecretValue"], "Resource": ["${module.secret["app"].arn}", "${module.secret["billing"].arn}"] }
    %{~ endfor ~}
      ]
    }
  JSON
}

resource "aws_iam_role_policy_attachment" "proxy_access" {
  for_each = { own = aws_iam_policy.proxy_access.arn }
  role = aws_iam_role.proxy.name
  policy_arn = each.value
}

locals {
  auth = { app = { mode = "REQUIRED", arn = module.secret["app"].arn }, billing = { mode = "DISABLED", arn = module.secret["billing"].arn } }
}

resource "aws_db_proxy" "main" {
  name = "${var.prefix}-orders-proxy"
  engine_family = "MYSQL"
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
  db_instance_identifier = module.database.identifier
}

locals {
  orders_endpoint = element(split(":", aws_db_proxy.main.arn), 6)
}

resource "aws_iam_role" "orders" {
  name = "${var.prefix}-orders"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }] })
}

data "aws_iam_policy_document" "orders_connect" {
  dynamic "statement" {
    for_each = [{ actions = ["rds-db:connect"], resources = ["arn:aws:rds-db:us-east-1:123456789012:dbuser:${local.orders_endpoint}/app"] }]
    content {
      effect    = "Allow"
      actions   = statement.value.actions
      resources = statement.value.resources
    }
  }
}

resource "aws_iam_policy" "orders_connect" {
  name = "${var.prefix}-orders_connect"
  policy = data.aws_iam_policy_document.orders_connect.json
}

resource "aws_iam_role_policy_attachment" "orders_connect" {
  for_each = { own = aws_iam_policy.orders_connect.arn }
  role = aws_iam_role.orders.name
  policy_arn = each.value
}
