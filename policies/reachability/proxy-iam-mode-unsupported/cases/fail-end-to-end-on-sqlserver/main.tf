# SQL Server has no end-to-end IAM. The target is another configuration's: nothing else is to be said of it.

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

resource "aws_db_proxy" "main" {
  name                   = "orders-proxy"
  engine_family          = "SQLSERVER"
  require_tls            = true
  default_auth_scheme    = "IAM_AUTH"
  role_arn               = "arn:aws:iam::123456789012:role/orders-proxy"
  vpc_subnet_ids         = ["subnet-0aaa0000000000001", "subnet-0bbb0000000000002"]
  vpc_security_group_ids = ["sg-0aa00000000000002"]
}

resource "aws_db_proxy_target" "main" {
  db_proxy_name          = aws_db_proxy.main.name
  target_group_name      = "default"
  db_instance_identifier = "legacy-db"
}
