resource "aws_security_group" "app" {
  name = "app"
  vpc_id = "vpc-0123456789abcdef0"
  dynamic "egress" {
    for_each = [5432]
    content {
      from_port = egress.value
      to_port = egress.value
      protocol = "tcp"
      cidr_blocks = ["0.0.0.0/0"]
    }
  }
}

resource "aws_security_group" "proxy" {
  name = "proxy"
  vpc_id = "vpc-0123456789abcdef0"
  dynamic "ingress" {
    for_each = [5432]
    content {
      from_port = ingress.value
      to_port = ingress.value
      protocol = "tcp"
      security_groups = [aws_security_group.app.id]
    }
  }
  dynamic "egress" {
    for_each = [5432]
    content {
      from_port = egress.value
      to_port = egress.value
      protocol = "tcp"
      cidr_blocks = ["0.0.0.0/0"]
    }
  }
}

resource "aws_security_group" "database" {
  name = "database"
  vpc_id = "vpc-0123456789abcdef0"
  dynamic "ingress" {
    for_each = [5432]
    content {
      from_port = ingress.value
      to_port = ingress.value
      protocol = "tcp"
      security_groups = [aws_security_group.proxy.id]
    }
  }
}

module "database" {
  source = "../database"
  name = "orders-db"
  security_group_ids = [aws_security_group.database.id]
}

locals {
  credentials = { app = { username = "app", password = "canary-app-71aa" } }
}

resource "aws_secretsmanager_secret" "user" {
  for_each = toset(["app"])
  name = format("orders/%s", each.value)
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

module "proxy_access" {
  source = "../policy"
  name = "proxy_access"
  policy = length("on") > 0 ? jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "secretsmanager:GetSecretValue", Resource = aws_secretsmanager_secret.user["app"].arn }] }) : null
}

resource "aws_iam_role_policy_attachment" "proxy_access" {
  role = aws_iam_role.proxy.name
  policy_arn = module.proxy_access.arn
}

resource "aws_db_proxy" "main" {
  for_each = toset(["orders"])
  name = "orders-proxy"
  engine_family = "POSTGRESQL"
  require_tls = true
  role_arn = aws_iam_role.proxy.arn
  vpc_subnet_ids = ["subnet-0aaa0000000000001", "subnet-0bbb0000000000002"]
  vpc_security_group_ids = [aws_security_group.proxy.id]
  dynamic "auth" {
    for_each = { app = { mode = "REQUIRED", arn = aws_secretsmanager_secret.user["app"].arn } }
    content {
      auth_scheme = "SECRETS"
      iam_auth = auth.value.mode
      secret_arn = auth.value.arn
    }
  }
}

resource "aws_db_proxy_default_target_group" "main" {
  for_each = toset(["orders"])
  db_proxy_name = aws_db_proxy.main[each.key].name
}

resource "aws_db_proxy_target" "main" {
  for_each = toset(["orders"])
  db_proxy_name = aws_db_proxy.main[each.key].name
  target_group_name = aws_db_proxy_default_target_group.main[each.key].name
  db_cluster_identifier = module.database.identifier
}

locals {
  orders_endpoint = regex("prx-[0-9a-z]+", aws_db_proxy.main["orders"].arn)
}

resource "aws_iam_group" "orders" {
  name = "orders"
}

locals {
  orders_connect_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["rds-db:connect"], Resource = ["arn:aws:rds-db:${local.region}:${local.account_id}:dbuser:${local.orders_endpoint}/app"], Condition = { StringEquals = { "aws:SourceVpc" = "vpc-0123456789abcdef0" } } }] })
}

module "orders_connect" {
  source = "../policy"
  name = "orders_connect"
  policy = local.orders_connect_policy
}

resource "aws_iam_group_policy_attachment" "orders_connect" {
  group = aws_iam_group.orders.name
  policy_arn = module.orders_connect.arn
}

locals {
  reporting_endpoint = module.database.resource_id
}

resource "aws_iam_role" "reporting" {
  name = "reporting"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }] })
}

locals {
  reporting_connect_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["rds-db:connect"], Resource = ["arn:aws:rds-db:${local.region}:${local.account_id}:dbuser:${local.reporting_endpoint}/reporting"] }] })
}

module "reporting_connect" {
  source = "../policy"
  name = "reporting_connect"
  policy = local.reporting_connect_policy
}

resource "aws_iam_role_policy_attachment" "reporting_connect" {
  role = aws_iam_role.reporting.name
  policy_arn = module.reporting_connect.arn
}

locals {
  region = "us-east-1"
  account_id = "123456789012"
}
