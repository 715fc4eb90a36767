# A replica without a group of its own.

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
  identifier                  = "orders"
  engine                      = "postgres"
  engine_version              = "16.6"
  instance_class              = "db.t4g.medium"
  allocated_storage           = 20
  username                    = "root_admin"
  manage_master_user_password = true
  skip_final_snapshot         = true
  backup_retention_period     = 7
}

resource "aws_db_instance" "replica" {
  identifier          = "orders-replica"
  engine              = "postgres"
  engine_version      = "16.6"
  replicate_source_db = aws_db_instance.main.identifier
  instance_class      = "db.t4g.medium"
  skip_final_snapshot = true
}
