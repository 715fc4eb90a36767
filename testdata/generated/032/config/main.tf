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
  iam_database_authentication_enabled = true
}

resource "aws_iam_role" "proxy" {
  name = "proxy"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "rds.amazonaws.com" } }] })
}

locals {
  proxy_access_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["rds-db:connect"], Resource = [format("arn:aws:rds-db:%s:%s:dbuser:%s/%s", "us-east-1", "123456789012", aws_db_instance.main.resource_id, "other")] }] })
}

resource "aws_iam_policy" "proxy_access" {
  name = "proxy_access"
  policy = local.proxy_access_policy
}

resource "aws_iam_role_policy_attachment" "proxy_access" {
  role = aws_iam_role.proxy.name
  policy_arn = aws_iam_policy.proxy_access.arn
}

resource "aws_db_proxy" "main" {
  count = 1
  name = "orders-proxy"
  engine_family = "MYSQL"
  require_tls = true
  default_auth_scheme = "IAM_AUTH"
  role_arn = aws_iam_role.proxy.arn
  vpc_subnet_ids = ["subnet-0aaa0000000000001", "subnet-0bbb0000000000002"]
  vpc_security_group_ids = ["sg-0aa00000000000002"]
}

resource "aws_db_proxy_default_target_group" "main" {
  count = 1
  db_proxy_name = aws_db_proxy.main[0].name
}

resource "aws_db_proxy_target" "main" {
  count = 1
  db_proxy_name = aws_db_proxy.main[0].name
  target_group_name = "default"
  db_instance_identifier = aws_db_instance.main.identifier
}

locals {
  orders_endpoint = reverse(split(":", aws_db_proxy.main[0].arn))[0]
}

resource "aws_iam_user" "orders" {
  name = "orders"
}

resource "aws_iam_policy" "orders_connect" {
  name = "orders_connect"
  policy = jsonencode(merge({ Version = "2012-10-17" }, { Statement = [{ Effect = "Allow", Action = "rds-db:connect", Resource = format("arn:aws:rds-db:%s:%s:dbuser:%s/%s", "us-east-1", "123456789012", local.orders_endpoint, "app") }] }))
}

resource "aws_iam_user_policy_attachment" "orders_connect" {
  user = aws_iam_user.orders.name
  policy_arn = aws_iam_policy.orders_connect.arn
}

locals {
  reporting_endpoint = aws_db_instance.main.resource_id
}

resource "aws_iam_role" "reporting" {
  name = "reporting"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }] })
}

data "aws_iam_policy_document" "reporting_connect_base" {
  statement {
    sid       = "Base0"
    effect    = "Allow"
    actions   = ["rds-db:connect"]
    resources = [format("arn:aws:rds-db:%s:%s:dbuser:%s/%s", "us-east-1", "123456789012", local.reporting_endpoint, "reporting")]
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
  role = aws_iam_role.reporting.name
  policy_arn = aws_iam_policy.reporting_connect.arn
}

locals {
  worker_endpoint = reverse(split(":", aws_db_proxy.main[0].arn))[0]
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

data "aws_iam_policy_document" "worker_connect" {
  statement {
    effect    = "Allow"
    actions   = ["rds-db:connect"]
    resources = [for arn in [format("arn:aws:rds-db:%s:%s:dbuser:%s/%s", "us-east-1", "123456789012", local.worker_endpoint, "app")] : arn]
  }
}

resource "aws_iam_policy" "worker_connect" {
  name = "worker_connect"
  policy = data.aws_iam_policy_document.worker_connect.json
}

resource "aws_iam_role_policy_attachment" "worker_connect" {
  role = aws_iam_role.worker.name
  policy_arn = aws_iam_policy.worker_connect.arn
}
