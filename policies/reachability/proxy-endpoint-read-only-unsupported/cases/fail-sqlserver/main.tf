# SQL Server has READ_WRITE endpoints only.

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
  identifier                  = "orders-db"
  engine                      = "sqlserver-se"
  engine_version              = "15.00.4430.1.v1"
  instance_class              = "db.m6i.large"
  allocated_storage           = 100
  username                    = "root_admin"
  manage_master_user_password = true
  skip_final_snapshot         = true
  license_model               = "license-included"
}

resource "aws_db_proxy" "main" {
  name                   = "orders-proxy"
  engine_family          = "SQLSERVER"
  require_tls            = true
  role_arn               = "arn:aws:iam::123456789012:role/orders-proxy"
  vpc_subnet_ids         = ["subnet-0aaa0000000000001", "subnet-0bbb0000000000002"]
  vpc_security_group_ids = ["sg-0aa00000000000002"]

  auth {
    auth_scheme = "SECRETS"
    iam_auth    = "REQUIRED"
    secret_arn  = "arn:aws:secretsmanager:us-east-1:123456789012:secret:orders/app-Ab12Cd"
  }
}

resource "aws_db_proxy_target" "main" {
  db_proxy_name          = aws_db_proxy.main.name
  target_group_name      = "default"
  db_instance_identifier = aws_db_instance.main.identifier
}

resource "aws_db_proxy_endpoint" "readers" {
  db_proxy_name          = aws_db_proxy.main.name
  db_proxy_endpoint_name = "orders-readers"
  vpc_subnet_ids         = ["subnet-0aaa0000000000001", "subnet-0bbb0000000000002"]
  vpc_security_group_ids = ["sg-0aa00000000000002"]
  target_role            = "READ_ONLY"
}
