# A data source does not show the flag.

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

resource "aws_route53_record" "database" {
  zone_id = "Z0123456789ABCDEFGHIJ"
  name    = "db.orders.example.com"
  type    = "CNAME"
  ttl     = 60
  records = [data.aws_db_instance.main.address]
}
