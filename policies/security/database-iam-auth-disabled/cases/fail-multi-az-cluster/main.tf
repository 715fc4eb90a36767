# A Multi-AZ cluster of RDS for MySQL has it as well.

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
  cluster_identifier          = "orders"
  engine                      = "mysql"
  engine_version              = "8.0.40"
  master_username             = "root_admin"
  manage_master_user_password = true
  skip_final_snapshot         = true
  db_cluster_instance_class   = "db.m6gd.large"
  allocated_storage           = 100
  iops                        = 1000
  storage_type                = "io1"
}
