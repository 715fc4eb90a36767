# The flag is set on an instance of Aurora, where it does nothing: it belongs to the cluster.

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
  engine                              = "aurora-mysql"
  engine_version                      = "8.0.mysql_aurora.3.08.0"
  instance_class                      = "db.m6i.large"
  allocated_storage                   = 100
  username                            = "root_admin"
  manage_master_user_password         = true
  skip_final_snapshot                 = true
  iam_database_authentication_enabled = true
}
