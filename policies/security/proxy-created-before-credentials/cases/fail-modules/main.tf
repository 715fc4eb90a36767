# The secret is in one module, the proxy in another: its output is the ARN, which is there before the value.

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
  identifier                  = "orders-db"
  engine                      = "mysql"
  engine_version              = "8.0.40"
  instance_class              = "db.m6i.large"
  allocated_storage           = 100
  username                    = "root_admin"
  manage_master_user_password = true
  skip_final_snapshot         = true
}

module "secret" {
  source = "./modules/secret"
  user   = "app"
}

module "proxy" {
  source     = "./modules/proxy"
  secret_arn = module.secret.arn
  database   = aws_db_instance.main.identifier
}
