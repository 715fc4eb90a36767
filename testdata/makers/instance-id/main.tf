terraform {
  required_version = ">= 1.1"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 4.67"
    }
  }
}

# What the id of an instance is changed with provider 5.0: the identifier before, the resource id since.

provider "aws" {
  region = "us-east-1"
}

resource "aws_db_instance" "main" {
  identifier                          = "orders-db"
  engine                              = "postgres"
  engine_version                      = "16.4"
  instance_class                      = "db.m6i.large"
  allocated_storage                   = 100
  username                            = "root_admin"
  password                            = "canary-master-9f2c"
  vpc_security_group_ids              = ["sg-0db00000000000001"]
  skip_final_snapshot                 = true
  iam_database_authentication_enabled = true
}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "connect" {
  for_each = {
    by_id          = aws_db_instance.main.id
    by_resource_id = aws_db_instance.main.resource_id
    by_identifier  = aws_db_instance.main.identifier
  }
  statement {
    actions   = ["rds-db:connect"]
    resources = ["arn:aws:rds-db:us-east-1:123456789012:dbuser:${each.value}/app"]
  }
}

data "aws_iam_policy_document" "direct" {
  statement {
    actions   = ["rds-db:connect"]
    resources = ["arn:aws:rds-db:us-east-1:123456789012:dbuser:${aws_db_instance.main.id}/direct"]
  }
}

resource "aws_iam_role" "client" {
  for_each           = toset(["by_id", "by_resource_id", "by_identifier"])
  name               = each.key
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

resource "aws_iam_role_policy" "connect" {
  for_each = aws_iam_role.client
  name     = "connect"
  role     = each.value.name
  policy   = data.aws_iam_policy_document.connect[each.key].json
}

resource "aws_iam_role" "direct" {
  name               = "direct"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

resource "aws_iam_role_policy" "direct" {
  name   = "direct"
  role   = aws_iam_role.direct.name
  policy = data.aws_iam_policy_document.direct.json
}
