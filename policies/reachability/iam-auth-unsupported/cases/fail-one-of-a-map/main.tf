# Two databases from a map, and the one with Db2 has no IAM authentication: aws_db_instance.main["archive"] fails.

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
  for_each = {
    orders  = { engine = "mysql", version = "8.0.40" }
    archive = { engine = "db2-se", version = "11.5.9.0.sb00040541.r1" }
  }

  identifier                          = "${each.key}-db"
  engine                              = each.value.engine
  engine_version                      = each.value.version
  instance_class                      = "db.m6i.large"
  allocated_storage                   = 100
  username                            = "root_admin"
  manage_master_user_password         = true
  iam_database_authentication_enabled = true
  skip_final_snapshot                 = true
}
