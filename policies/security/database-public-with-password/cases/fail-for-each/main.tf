# One of two databases of a map.

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

locals {
  databases = { orders = false, reports = true }
}

resource "aws_db_instance" "main" {
  for_each = local.databases

  identifier                  = each.key
  engine                      = "postgres"
  engine_version              = "17.4"
  instance_class              = "db.t4g.medium"
  allocated_storage           = 20
  username                    = "root_admin"
  manage_master_user_password = true
  skip_final_snapshot         = true
  publicly_accessible         = each.value
}
