# MariaDB has IAM authentication from 10.11 on, and no page of AWS says so of 10.5.

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
  engine                              = "mariadb"
  engine_version                      = "10.5.27"
  instance_class                      = "db.m6i.large"
  allocated_storage                   = 100
  username                            = "root_admin"
  manage_master_user_password         = true
  skip_final_snapshot                 = true
  iam_database_authentication_enabled = true
}
