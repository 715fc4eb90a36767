# The same module is given a role that may connect. Planned again after apply.

terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
  }
}

provider "aws" {
  region = "us-east-1"
}

resource "aws_db_instance" "main" {
  identifier                          = "orders-db"
  engine                              = "mysql"
  engine_version                      = "8.0.40"
  instance_class                      = "db.m6i.large"
  allocated_storage                   = 100
  username                            = "root_admin"
  manage_master_user_password         = true
  iam_database_authentication_enabled = true
  skip_final_snapshot                 = true
}

resource "aws_iam_role" "proxy" {
  name = "orders-proxy"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "rds.amazonaws.com" } }]
  })
}

data "aws_iam_policy_document" "proxy_connect" {
  statement {
    actions   = ["rds-db:connect"]
    resources = ["arn:aws:rds-db:us-east-1:123456789012:dbuser:${aws_db_instance.main.resource_id}/*"]
  }
}

resource "aws_iam_role_policy" "proxy_connect" {
  name   = "proxy-connect"
  role   = aws_iam_role.proxy.name
  policy = data.aws_iam_policy_document.proxy_connect.json
}

module "proxy" {
  source = "./modules/proxy"

  name      = "orders-proxy"
  database  = aws_db_instance.main.identifier
  scheme    = "IAM_AUTH"
  make_role = false
  role_arn  = aws_iam_role.proxy.arn
}
