# The parameter is on.

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

resource "aws_db_parameter_group" "main" {
  name   = "orders-main"
  family = "mysql8.4"
  parameter {
    name  = "require_secure_transport"
    value = "ON"
  }
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
  parameter_group_name        = aws_db_parameter_group.main.name
}
