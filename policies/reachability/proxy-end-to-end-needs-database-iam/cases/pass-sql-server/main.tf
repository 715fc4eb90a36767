# SQL Server has no end-to-end IAM: that is the fault, and nothing that such logins would need.

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
  identifier                  = "legacy-db"
  engine                      = "sqlserver-se"
  engine_version              = "15.00.4236.7.v1"
  instance_class              = "db.m6i.large"
  allocated_storage           = 100
  username                    = "root_admin"
  manage_master_user_password = true
  skip_final_snapshot         = true
}

resource "aws_db_proxy" "main" {
  name                   = "legacy-proxy"
  engine_family          = "SQLSERVER"
  require_tls            = true
  default_auth_scheme    = "IAM_AUTH"
  role_arn               = "arn:aws:iam::123456789012:role/legacy-proxy"
  vpc_subnet_ids         = ["subnet-0aaa0000000000001", "subnet-0bbb0000000000002"]
  vpc_security_group_ids = ["sg-0aa00000000000002"]
}

resource "aws_db_proxy_target" "main" {
  db_proxy_name          = aws_db_proxy.main.name
  target_group_name      = "default"
  db_instance_identifier = aws_db_instance.main.identifier
}
