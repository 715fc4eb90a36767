# Known after apply.

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

# Its output is known after apply.
resource "terraform_data" "later" {
  input = "later"
}

resource "aws_db_parameter_group" "main" {
  name   = "orders-main"
  family = "postgres16"
  parameter {
    name  = "rds.force_ssl"
    value = terraform_data.later.output
  }
}
resource "aws_db_instance" "main" {
  identifier                  = "orders"
  engine                      = "postgres"
  engine_version              = "16.6"
  instance_class              = "db.t4g.medium"
  allocated_storage           = 20
  username                    = "root_admin"
  manage_master_user_password = true
  skip_final_snapshot         = true
  parameter_group_name        = aws_db_parameter_group.main.name
}
