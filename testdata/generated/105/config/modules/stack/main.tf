variable "prefix" {
  type = string
}

resource "aws_db_instance" "main" {
  identifier = "${var.prefix}-orders-db"
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

locals {
  reporting_arn = "arn:${data.aws_partition.current.partition}:rds-db:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:dbuser:${aws_db_instance.main.resource_id}/reporting"
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

resource "aws_iam_policy" "reporting_connect" {
  name = "${var.prefix}-reporting_connect"
  policy = join("", ["{\"Version\":\"2012-10-17\",\"Statement\":[", jsonencode({ Effect = "Allow", Action = ["rds-db:connect"], Resource = [local.reporting_arn] }), "]}"])
}

resource "aws_iam_role_policy_attachment" "reporting_connect" {
  role = aws_iam_role.reporting.name
  policy_arn = aws_iam_policy.reporting_connect.arn
}

data "aws_partition" "current" {}

data "aws_region" "current" {}

data "aws_caller_identity" "current" {}
