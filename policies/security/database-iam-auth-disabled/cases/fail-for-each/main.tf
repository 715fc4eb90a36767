# One of two databases of a map has it off.

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

variable "databases" {
  default = {
    orders  = { engine = "postgres", version = "17.4", iam = true }
    reports = { engine = "mysql", version = "8.4.3", iam = false }
  }
}

resource "aws_db_instance" "main" {
  for_each = var.databases

  identifier                          = each.key
  engine                              = each.value.engine
  engine_version                      = each.value.version
  instance_class                      = "db.t4g.medium"
  allocated_storage                   = 20
  username                            = "root_admin"
  manage_master_user_password         = true
  skip_final_snapshot                 = true
  iam_database_authentication_enabled = each.value.iam
}
