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
  for_each = local.credentials
  name = "orders/${each.key}"
}

resource "aws_secretsmanager_secret_version" "user" {
  for_each = local.credentials
  secret_id = aws_secretsmanager_secret.user[each.key].id
  secret_string = jsonencode(each.value)
}

resource "aws_iam_role" "proxy" {
  name = "proxy"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "rds.amazonaws.com" } }] })
}

data "aws_iam_policy_document" "proxy_access" {
  statement {
    effect    = "Allow"
    actions   = ["secretsmanager:GetSecretValue"]
    resources = [aws_secretsmanager_secret.user["app"].arn]
  }
}

resource "aws_iam_policy" "proxy_access" {
  name = "proxy_access"
  policy = data.aws_iam_policy_document.proxy_access.json
}

resource "aws_iam_role_policy_attachment" "proxy_access" {
  for_each = { own = aws_iam_policy.proxy_access.arn }
  role = aws_iam_role.proxy.name
  policy_arn = each.value
}

module "proxy" {
  source = "../proxy"
  for_each = toset(["orders"])
  role_arn = aws_iam_role.proxy.arn
  security_group_ids = [aws_security_group.proxy.id]
  secrets = { app = { arn = aws_secretsmanager_secret.user["app"].arn, mode = "REQUIRED" } }
  database = module.database.identifier
}

locals {
  worker_endpoint = element(split(":", one([module.proxy["orders"].arn])), length(split(":", module.proxy["orders"].arn)) - 1)
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

locals {
  worker_connect_statements = [{ Effect = "Allow", Action = ["rds-db:connect"], Resource = ["arn:aws:rds-db:us-east-1:123456789012:dbuser:${local.worker_endpoint}/app"] }]
}

resource "aws_iam_policy" "worker_connect" {
  name = "worker_connect"
  policy = jsonencode({ Version = "2012-10-17", Statement = local.worker_connect_statements })
}

resource "aws_iam_role_policy_attachment" "worker_connect" {
  for_each = { own = aws_iam_policy.worker_connect.arn }
  role = aws_iam_role.worker.name
  policy_arn = each.value
}
