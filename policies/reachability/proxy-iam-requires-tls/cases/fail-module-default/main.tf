# A module takes require_tls for false where it is not told: module.batch["nightly"] fails, module.web does not.

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

module "web" {
  source = "./modules/proxy"

  name                = "orders-web"
  database_identifier = aws_db_instance.main.identifier
  require_tls         = true
  secret_arns         = { app = "arn:aws:secretsmanager:us-east-1:123456789012:secret:orders/app-Ab12Cd" }
}

module "batch" {
  source   = "./modules/proxy"
  for_each = toset(["nightly"])

  name                = "orders-${each.key}"
  database_identifier = aws_db_instance.main.identifier
  secret_arns         = { app = "arn:aws:secretsmanager:us-east-1:123456789012:secret:orders/app-Ab12Cd" }
}
