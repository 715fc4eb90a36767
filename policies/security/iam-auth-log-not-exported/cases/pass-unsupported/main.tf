# SQL Server takes no tokens, whatever the flag says.

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
  engine                              = "sqlserver-se"
  engine_version                      = "15.00.4415.2.v1"
  instance_class                      = "db.m6i.large"
  allocated_storage                   = 20
  username                            = "root_admin"
  manage_master_user_password         = true
  skip_final_snapshot                 = true
  license_model                       = "license-included"
  iam_database_authentication_enabled = true
}
