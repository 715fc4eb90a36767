# A module writes one auth block for each secret, and passes require_tls through.

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

module "proxy" {
  source = "./modules/proxy"

  name                = "orders-proxy"
  database_identifier = aws_db_instance.main.identifier
  require_tls         = true
  secret_arns = {
    app    = "arn:aws:secretsmanager:us-east-1:123456789012:secret:orders/app-Ab12Cd"
    report = "arn:aws:secretsmanager:us-east-1:123456789012:secret:orders/report-Ef34Gh"
  }
}
