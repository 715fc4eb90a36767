# A replica has the engine of what it copies.

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
  engine                              = "oracle-ee"
  engine_version                      = "19"
  instance_class                      = "db.m6i.large"
  allocated_storage                   = 100
  username                            = "root_admin"
  manage_master_user_password         = true
  iam_database_authentication_enabled = false
  backup_retention_period             = 7
  skip_final_snapshot                 = true
}

resource "aws_db_instance" "replica" {
  identifier                          = "orders-db-replica"
  replicate_source_db                 = aws_db_instance.main.identifier
  instance_class                      = "db.m6i.large"
  iam_database_authentication_enabled = true
  skip_final_snapshot                 = true
}
