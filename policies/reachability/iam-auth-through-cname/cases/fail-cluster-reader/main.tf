# A CNAME for the reader endpoint of a cluster with IAM authentication.

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
  engine                              = "aurora-mysql"
  master_username                     = "root_admin"
  manage_master_user_password         = true
  iam_database_authentication_enabled = true
  skip_final_snapshot                 = true
}

resource "aws_route53_record" "database" {
  zone_id = "Z0123456789ABCDEFGHIJ"
  name    = "db.orders.example.com"
  type    = "CNAME"
  ttl     = 60
  records = [aws_rds_cluster.main.reader_endpoint]
}
