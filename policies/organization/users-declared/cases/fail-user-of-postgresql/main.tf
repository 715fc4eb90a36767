# A role that Terraform makes in the database.

terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
    postgresql = {
      source = "cyrilgdn/postgresql"
    }
  }
}

provider "aws" {
  region = "us-east-1"
}

resource "aws_db_instance" "main" {
  identifier                  = "orders-db"
  engine                      = "postgres"
  engine_version              = "16.4"
  instance_class              = "db.m6i.large"
  allocated_storage           = 100
  username                    = "root_admin"
  skip_final_snapshot         = true
  manage_master_user_password = true
}

provider "postgresql" {
  host     = aws_db_instance.main.address
  username = "root_admin"
  password = "canary-master-5b1d"
}

resource "postgresql_role" "reporting" {
  name     = "reporting"
  login    = true
  password = "canary-reporting-9d3f"
}
