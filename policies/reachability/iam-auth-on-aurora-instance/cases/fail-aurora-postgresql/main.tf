# The flag is set on an instance of Aurora; the engine is written in capitals.

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
  engine                              = "Aurora-PostgreSQL"
  engine_version                      = "16.4"
  instance_class                      = "db.m6i.large"
  allocated_storage                   = 100
  username                            = "root_admin"
  manage_master_user_password         = true
  skip_final_snapshot                 = true
  iam_database_authentication_enabled = true
}
