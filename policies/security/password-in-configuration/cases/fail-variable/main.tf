# A variable that is marked sensitive: the plan holds its value all the same.

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

variable "password" {
  default   = "canary-variable-password"
  sensitive = true
}

resource "aws_db_instance" "main" {
  identifier          = "orders"
  engine              = "mysql"
  engine_version      = "8.4.3"
  instance_class      = "db.t4g.medium"
  allocated_storage   = 20
  username            = "root_admin"
  password            = var.password
  skip_final_snapshot = true

}
