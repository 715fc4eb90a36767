# A generated password.

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
  password            = random_password.main.result
  skip_final_snapshot = true

}
