# MariaDB, and its version is known only after apply.

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

resource "terraform_data" "version" {
  input = "10.11.9"
}

resource "aws_db_instance" "main" {
  identifier                          = "orders-db"
  engine                              = "mariadb"
  engine_version                      = terraform_data.version.output
  instance_class                      = "db.m6i.large"
  allocated_storage                   = 100
  username                            = "root_admin"
  manage_master_user_password         = true
  skip_final_snapshot                 = true
  iam_database_authentication_enabled = true
}
