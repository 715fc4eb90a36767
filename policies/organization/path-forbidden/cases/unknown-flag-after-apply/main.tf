# Whether IAM authentication is on is known after apply.

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

resource "terraform_data" "later" {
  input = "decided after apply"
}

resource "aws_db_instance" "main" {
  identifier                          = "orders-db"
  engine                              = "mysql"
  engine_version                      = "8.0.40"
  instance_class                      = "db.m6i.large"
  allocated_storage                   = 100
  username                            = "root_admin"
  skip_final_snapshot                 = true
  manage_master_user_password         = true
  iam_database_authentication_enabled = terraform_data.later.output == "yes"
}
