# Which engine it is, is known only after apply.

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

resource "terraform_data" "engine" {
  input = "mysql"
}

resource "aws_db_instance" "main" {
  identifier                          = "orders-db"
  engine                              = terraform_data.engine.output
  engine_version                      = "8.0.40"
  instance_class                      = "db.m6i.large"
  allocated_storage                   = 100
  username                            = "root_admin"
  manage_master_user_password         = true
  skip_final_snapshot                 = true
  iam_database_authentication_enabled = true
}
