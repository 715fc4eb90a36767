# The ARN that one module hands to another is that of the version, through local values that the plan does not keep.

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
  for_each = toset(["app"])
  source   = "./modules/secret"
  user     = each.key
}

locals {
  secrets = { for user, secret in module.secret : user => secret.arn }
}

module "proxy" {
  source      = "./modules/proxy"
  secret_arns = values(local.secrets)
  database    = aws_db_instance.main.identifier
}
