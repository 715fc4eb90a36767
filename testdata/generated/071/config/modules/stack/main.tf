module "database" {
  source = "../database"
  name = "orders-db"
  security_group_ids = ["sg-0db00000000000001"]
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

locals {
  proxy_access_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["secretsmanager:DescribeSecret"], Resource = [aws_secretsmanager_secret.user["app"].arn] }] })
}

resource "aws_iam_policy" "proxy_access" {
  name = "proxy_access"
  policy = local.proxy_access_policy
}

resource "aws_iam_policy_attachment" "proxy_access" {
  name = "proxy_access"
  roles = [aws_iam_role.proxy.name]
  policy_arn = aws_iam_policy.proxy_access.arn
}

module "proxy" {
  source = "../proxy"
  role_arn = aws_iam_role.proxy.arn
  security_group_ids = ["sg-0aa00000000000002"]
  secrets = { app = { arn = aws_secretsmanager_secret.user["app"].arn, mode = "DISABLED" } }
  database = module.database.identifier
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
  name = "orders"
  assume_role_policy = data.aws_iam_policy_document.orders_trust.json
}

resource "aws_iam_policy" "orders_connect" {
  name = "orders_connect"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "rds-db:connect", Resource = format("arn:aws:rds-db:%s:%s:dbuser:%s/%s", "us-east-1", "123456789012", element(split(":", one([module.proxy.arn])), length(split(":", module.proxy.arn)) - 1), "app"), Condition = { StringEquals = { "aws:SourceVpc" = "vpc-0123456789abcdef0" } } }] })
}

resource "aws_iam_policy_attachment" "orders_connect" {
  name = "orders_connect"
  roles = [aws_iam_role.orders.name]
  policy_arn = aws_iam_policy.orders_connect.arn
}
