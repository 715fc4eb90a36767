# No proxy stands before the database.

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

resource "aws_security_group" "database" {
  name   = "orders-database"
  vpc_id = "vpc-0a1b2c3d4e5f60001"
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
  vpc_security_group_ids      = [aws_security_group.database.id]
}

resource "aws_vpc_security_group_ingress_rule" "vpc" {
  security_group_id = aws_security_group.database.id
  cidr_ipv4         = "10.0.0.0/16"
  ip_protocol       = "tcp"
  from_port         = 3306
  to_port           = 3306
}
