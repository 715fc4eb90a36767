# What the password is made of is known after apply.

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

# Its output is known after apply.
resource "terraform_data" "later" {
  input = "later"
}
resource "aws_db_instance" "main" {
  identifier          = "orders"
  engine              = "mysql"
  engine_version      = "8.4.3"
  instance_class      = "db.t4g.medium"
  allocated_storage   = 20
  username            = "root_admin"
  password            = terraform_data.later.output
  skip_final_snapshot = true

}
