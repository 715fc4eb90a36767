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
  engine = "mariadb"
  engine_version = "10.11.10"
  vpc_security_group_ids = ["sg-0db00000000000001"]
  skip_final_snapshot = true
  iam_database_authentication_enabled = true
}

data "aws_iam_policy_document" "proxy_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["rds.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "proxy" {
  name = "proxy"
  assume_role_policy = data.aws_iam_policy_document.proxy_trust.json
}

resource "aws_iam_policy" "proxy_access" {
  name = "proxy_access"
  policy = join("", ["{\"Version\":\"2012-10-17\",\"Statement\":[", jsonencode({ Effect = "Allow", Action = ["rds-db:connect"], Resource = [join(":", ["arn", "aws", "rds-db", "us-east-1", "123456789012", "dbuser", "${aws_db_instance.main.resource_id}/other"])] }), "]}"])
}

resource "aws_iam_role_policy_attachment" "proxy_access" {
  for_each = { own = aws_iam_policy.proxy_access.arn }
  role = aws_iam_role.proxy.name
  policy_arn = each.value
}

module "proxy" {
  source = "./modules/proxy"
  count = 1
  role_arn = aws_iam_role.proxy.arn
  security_group_ids = ["sg-0aa00000000000002"]
  secrets = {  }
  database = aws_db_instance.main.identifier
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

data "aws_iam_policy_document" "orders_connect" {
  statement {
    effect    = "Allow"
    actions   = ["rds-db:connect"]
    resources = [join(":", ["arn", "aws", "rds-db", "us-east-1", "123456789012", "dbuser", "${regex("prx-[0-9a-z]+", module.proxy[0].arn)}/app"])]
  }
}

resource "aws_iam_policy" "orders_connect" {
  name = "orders_connect"
  policy = data.aws_iam_policy_document.orders_connect.json
}

resource "aws_iam_role_policy_attachment" "orders_connect" {
  for_each = { own = aws_iam_policy.orders_connect.arn }
  role = aws_iam_role.orders.name
  policy_arn = each.value
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

data "aws_iam_policy_document" "reporting_connect" {
  dynamic "statement" {
    for_each = [{ actions = ["rds-db:connect"], resources = [join(":", ["arn", "aws", "rds-db", "us-east-1", "123456789012", "dbuser", "${aws_db_instance.main.resource_id}/reporting"])] }]
    content {
      effect    = "Allow"
      actions   = statement.value.actions
      resources = statement.value.resources
    }
  }
}

resource "aws_iam_role_policy" "reporting_connect" {
  name = "reporting_connect"
  role = aws_iam_role.reporting.name
  policy = data.aws_iam_policy_document.reporting_connect.json
}
