# Switched off in so many words.

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
  iam_database_authentication_enabled = false
}
