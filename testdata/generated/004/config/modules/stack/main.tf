resource "aws_db_instance" "main" {
  identifier = "orders-db"
  instance_class = "db.m6i.large"
  allocated_storage = 100
  storage_encrypted = true
  username = "root_admin"
  password = "canary-master-9f2c"
  engine = "mysql"
  engine_version = "8.0.40"
  vpc_security_group_ids = ["sg-0db00000000000001"]
  skip_final_snapshot = true
}

resource "aws_iam_role" "proxy" {
  name = "proxy"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }] })
}

data "aws_iam_policy_document" "proxy_access_override" {
  statement {
    sid       = "Own0"
    effect    = "Allow"
    actions   = ["rds-db:connect"]
    resources = ["arn:aws:rds-db:${local.region}:${local.account_id}:dbuser:${aws_db_instance.main.resource_id}/app"]
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
  name = "proxy_access"
  policy = data.aws_iam_policy_document.proxy_access.json
}

resource "aws_iam_policy_attachment" "proxy_access" {
  name = "proxy_access"
  roles = [aws_iam_role.proxy.name]
  policy_arn = aws_iam_policy.proxy_access.arn
}

module "proxy" {
  source = "../proxy"
  for_each = toset(["orders"])
  role_arn = aws_iam_role.proxy.arn
  security_group_ids = ["sg-0aa00000000000002"]
  secrets = {  }
  database = aws_db_instance.main.identifier
}

locals {
  orders_endpoint = element(split(":", one([module.proxy["orders"].arn])), length(split(":", module.proxy["orders"].arn)) - 1)
}

resource "aws_iam_group" "orders" {
  name = "orders"
}

resource "aws_iam_policy" "orders_connect" {
  name = "orders_connect"
  policy = <<-JSON
    {
      "Version": "2012-10-17",
      "Statement": [
        { "Effect": "Allow", "Action": ["rds-db:connect"], "Resource": ["arn:aws:rds-db:${local.region}:${local.account_id}:dbuser:${local.orders_endpoint}/app"] }
      ]
    }
  JSON
}

resource "aws_iam_policy_attachment" "orders_connect" {
  name = "orders_connect"
  groups = [aws_iam_group.orders.name]
  policy_arn = aws_iam_policy.orders_connect.arn
}

locals {
  region = "us-east-1"
  account_id = "123456789012"
}
