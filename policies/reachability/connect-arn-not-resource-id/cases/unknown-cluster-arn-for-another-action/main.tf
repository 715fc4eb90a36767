# The grant names the cluster's resource id, and the cluster itself for another action; the plan keeps what it refers to.

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

resource "aws_iam_role" "orders" {
  name = "orders"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
}

data "aws_iam_policy_document" "orders_connect" {
  statement {
    actions   = ["rds-db:connect", "rds:DescribeDBClusters"]
    resources = [aws_rds_cluster.main.arn, "arn:aws:rds-db:us-east-1:123456789012:dbuser:${aws_rds_cluster.main.cluster_resource_id}/app"]
  }
}

resource "aws_iam_role_policy" "orders_connect" {
  name   = "orders-connect"
  role   = aws_iam_role.orders.name
  policy = data.aws_iam_policy_document.orders_connect.json
}
