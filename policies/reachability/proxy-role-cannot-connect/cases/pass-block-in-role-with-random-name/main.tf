# The policy stands in the role, whose name ends in something random that is known after apply.

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

resource "aws_rds_cluster" "main" {
  cluster_identifier                  = "orders-db"
  engine                              = "aurora-postgresql"
  engine_version                      = "16.4"
  database_name                       = "orders"
  master_username                     = "root_admin"
  manage_master_user_password         = true
  skip_final_snapshot                 = true
  iam_database_authentication_enabled = true
}

resource "aws_rds_cluster_instance" "main" {
  cluster_identifier = aws_rds_cluster.main.id
  identifier         = "orders-db-0"
  engine             = aws_rds_cluster.main.engine
  instance_class     = "db.r6g.large"
}

resource "random_id" "suffix" {
  byte_length = 4
}

resource "aws_iam_role" "proxy" {
  name = "orders-proxy-${random_id.suffix.hex}"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "rds.amazonaws.com" } }]
  })

  inline_policy {
    name   = "proxy-connect"
    policy = data.aws_iam_policy_document.proxy_connect.json
  }
}

data "aws_iam_policy_document" "proxy_connect" {
  statement {
    actions   = ["rds-db:connect"]
    resources = ["arn:aws:rds-db:us-east-1:123456789012:dbuser:${aws_rds_cluster.main.cluster_resource_id}/app"]
  }
}

resource "aws_db_proxy" "main" {
  name                   = "orders-proxy"
  engine_family          = "POSTGRESQL"
  require_tls            = true
  default_auth_scheme    = "IAM_AUTH"
  role_arn               = aws_iam_role.proxy.arn
  vpc_subnet_ids         = ["subnet-0aaa0000000000001", "subnet-0bbb0000000000002"]
  vpc_security_group_ids = ["sg-0aa00000000000002"]
}

resource "aws_db_proxy_target" "main" {
  db_proxy_name         = aws_db_proxy.main.name
  target_group_name     = "default"
  db_cluster_identifier = aws_rds_cluster.main.cluster_identifier
}
