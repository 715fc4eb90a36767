# A data source for an instance does not show whether it takes IAM.

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

data "aws_db_instance" "main" {
  db_instance_identifier = "orders-db"
}

resource "aws_db_proxy" "main" {
  name                   = "orders-proxy"
  engine_family          = "POSTGRESQL"
  require_tls            = true
  default_auth_scheme    = "IAM_AUTH"
  role_arn               = "arn:aws:iam::123456789012:role/orders-proxy"
  vpc_subnet_ids         = ["subnet-0aaa0000000000001", "subnet-0bbb0000000000002"]
  vpc_security_group_ids = ["sg-0aa00000000000002"]
}

resource "aws_db_proxy_target" "main" {
  db_proxy_name          = aws_db_proxy.main.name
  target_group_name      = "default"
  db_instance_identifier = data.aws_db_instance.main.db_instance_identifier
}
