# Oracle, and whether IAM authentication is asked for is known only after apply.

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

resource "terraform_data" "iam" {
  input = false
}

resource "aws_db_instance" "main" {
  identifier                          = "orders-db"
  engine                              = "oracle-se2"
  engine_version                      = "19.0.0.0.ru-2024-07.rur-2024-07.r1"
  instance_class                      = "db.m6i.large"
  allocated_storage                   = 100
  username                            = "root_admin"
  manage_master_user_password         = true
  skip_final_snapshot                 = true
  license_model                       = "license-included"
  iam_database_authentication_enabled = terraform_data.iam.output
}
