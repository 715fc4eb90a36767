# A typed password, and a generated one where there is none.

terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
    random = { source = "hashicorp/random" }
  }
}

provider "aws" {
  region = "us-east-1"
}

variable "password" {
  default   = "canary-typed-password"
  sensitive = true
}

resource "random_password" "main" {
  length = 32
}
resource "aws_db_instance" "main" {
  identifier          = "orders"
  engine              = "mysql"
  engine_version      = "8.4.3"
  instance_class      = "db.t4g.medium"
  allocated_storage   = 20
  username            = "root_admin"
  password            = coalesce(var.password, random_password.main.result)
  skip_final_snapshot = true

}
