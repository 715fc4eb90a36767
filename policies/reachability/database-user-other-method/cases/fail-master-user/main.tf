# The master user gets rds_iam, and its password is then refused.

terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
    postgresql = {
      source = "cyrilgdn/postgresql"
    }
  }
}

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
  manage_master_user_password         = true
  iam_database_authentication_enabled = true
  skip_final_snapshot                 = true
}

provider "postgresql" {
  host     = aws_db_instance.main.address
  username = "root_admin"
  password = "canary-master-9f2c"
}

resource "postgresql_grant_role" "iam" {
  role       = "root_admin"
  grant_role = "rds_iam"
}
