# Oracle has no IAM authentication.

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
  engine                      = "oracle-ee"
  engine_version              = "19.0.0.0.ru-2024-10.rur-2024-10.r1"
  instance_class              = "db.m6i.large"
  allocated_storage           = 20
  username                    = "root_admin"
  manage_master_user_password = true
  skip_final_snapshot         = true
  license_model               = "bring-your-own-license"
}
