# The same, with a directory that we keep ourselves.

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
  identifier                          = "orders-db"
  engine                              = "mysql"
  engine_version                      = "8.0.40"
  instance_class                      = "db.m6i.large"
  allocated_storage                   = 100
  username                            = "root_admin"
  manage_master_user_password         = true
  skip_final_snapshot                 = true
  domain_fqdn                         = "corp.example.com"
  domain_ou                           = "OU=rds,DC=corp,DC=example,DC=com"
  domain_auth_secret_arn              = "arn:aws:secretsmanager:us-east-1:123456789012:secret:directory-Ab12Cd"
  domain_dns_ips                      = ["10.0.0.10", "10.0.1.10"]
  iam_database_authentication_enabled = true
}
