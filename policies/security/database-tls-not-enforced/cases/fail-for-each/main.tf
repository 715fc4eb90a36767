# Parameters from a map, in a dynamic block; that of the reports is off.

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
    orders  = { require_secure_transport = "1" }
    reports = { require_secure_transport = "0" }
  }
}

resource "aws_db_parameter_group" "main" {
  for_each = var.databases

  name   = each.key
  family = "mysql8.4"

  dynamic "parameter" {
    for_each = each.value
    content {
      name  = parameter.key
      value = parameter.value
    }
  }
}

resource "aws_db_instance" "main" {
  for_each = var.databases

  identifier                  = each.key
  engine                      = "mysql"
  engine_version              = "8.4.3"
  instance_class              = "db.t4g.medium"
  allocated_storage           = 20
  username                    = "root_admin"
  manage_master_user_password = true
  skip_final_snapshot         = true
  parameter_group_name        = aws_db_parameter_group.main[each.key].name
}
