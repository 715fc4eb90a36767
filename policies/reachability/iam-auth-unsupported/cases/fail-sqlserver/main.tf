# SQL Server has no IAM authentication of its own.

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
  engine                              = "sqlserver-se"
  engine_version                      = "15.00.4430.1.v1"
  instance_class                      = "db.m6i.large"
  allocated_storage                   = 100
  username                            = "root_admin"
  manage_master_user_password         = true
  skip_final_snapshot                 = true
  license_model                       = "license-included"
  iam_database_authentication_enabled = true
}
