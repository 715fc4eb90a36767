module "database" {
  source = "../database"
  name = "orders-db"
  security_group_ids = ["sg-0db00000000000001"]
}

locals {
  reporting_endpoint = module.database.resource_id
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
  reporting_connect_statements = [{ Effect = "Allow", Action = ["rds-db:connect"], Resource = ["arn:${data.aws_partition.current.partition}:rds-db:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:dbuser:${local.reporting_endpoint}/reporting"] }]
}

resource "aws_iam_policy" "reporting_connect" {
  name = "reporting_connect"
  policy = jsonencode({ Version = "2012-10-17", Statement = local.reporting_connect_statements })
}

resource "aws_iam_role_policy_attachment" "reporting_connect" {
  role = aws_iam_role.reporting.name
  policy_arn = aws_iam_policy.reporting_connect.arn
}

data "aws_partition" "current" {}

data "aws_region" "current" {}

data "aws_caller_identity" "current" {}
