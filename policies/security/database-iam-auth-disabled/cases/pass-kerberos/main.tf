# RDS for MySQL takes Kerberos or IAM, and this one takes Kerberos.

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
  engine                      = "mysql"
  engine_version              = "8.4.3"
  instance_class              = "db.t4g.medium"
  allocated_storage           = 20
  username                    = "root_admin"
  manage_master_user_password = true
  skip_final_snapshot         = true
  domain                      = "d-1234567890"
  domain_iam_role_name        = "rds-directory"
}
