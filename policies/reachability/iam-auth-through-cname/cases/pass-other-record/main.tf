# A record for something else, and a text.

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
  iam_database_authentication_enabled = true
  skip_final_snapshot                 = true
}

resource "aws_route53_record" "database" {
  zone_id = "Z0123456789ABCDEFGHIJ"
  name    = "db.orders.example.com"
  type    = "CNAME"
  ttl     = 60
  records = ["www.example.com"]
}

resource "aws_route53_record" "text" {
  zone_id = "Z0123456789ABCDEFGHIJ"
  name    = "orders.example.com"
  type    = "TXT"
  ttl     = 60
  records = ["v=spf1 -all"]
}
