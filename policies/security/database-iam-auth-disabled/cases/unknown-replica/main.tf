# A replica takes the setting of its source where none is given.

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
  identifier                          = "orders"
  engine                              = "mysql"
  engine_version                      = "8.4.3"
  instance_class                      = "db.t4g.medium"
  allocated_storage                   = 20
  username                            = "root_admin"
  manage_master_user_password         = true
  skip_final_snapshot                 = true
  iam_database_authentication_enabled = true
  backup_retention_period             = 7
}

resource "aws_db_instance" "replica" {
  identifier          = "orders-replica"
  replicate_source_db = aws_db_instance.main.identifier
  instance_class      = "db.t4g.medium"
  skip_final_snapshot = true
}
