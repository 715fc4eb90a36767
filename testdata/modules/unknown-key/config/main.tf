terraform {
  required_version = ">= 1.5"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
    random = {
      source  = "hashicorp/random"
      version = "~> 3.0"
    }
  }
}

provider "aws" {
  region = "us-east-1"
}

# Made up by its provider: what has it as its key is there, whatever that is.
resource "random_pet" "user" {
  length = 2
}

module "database" {
  source = "../../library/rds"

  identifier             = "orders-db"
  engine                 = "postgres"
  engine_version         = "16.4"
  username               = "root_admin"
  vpc_security_group_ids = ["sg-0db00000000000001"]
}

resource "aws_secretsmanager_secret" "app" {
  name = "orders/app"
}

resource "aws_secretsmanager_secret_version" "app" {
  secret_id = aws_secretsmanager_secret.app.id
  secret_string = jsonencode({
    username = "app"
    password = "canary-app-4c1d"
  })
}

module "proxy" {
  source = "../../library/rds-proxy"

  name                   = "orders-proxy"
  engine_family          = "POSTGRESQL"
  vpc_subnet_ids         = ["subnet-0aaa0000000000001", "subnet-0bbb0000000000002"]
  vpc_security_group_ids = ["sg-0aa00000000000002"]

  auth = {
    (random_pet.user.id) = {
      iam_auth   = "REQUIRED"
      secret_arn = aws_secretsmanager_secret.app.arn
    }
  }

  target_db_instance     = true
  db_instance_identifier = module.database.db_instance_identifier
}

data "aws_caller_identity" "current" {}

module "client" {
  source = "../../library/iam/modules/iam-role"

  name             = "orders"
  trusted_services = ["ecs-tasks"]

  policy_statements = {
    connect = {
      actions = ["rds-db:connect"]
      resources = [
        "arn:aws:rds-db:us-east-1:${data.aws_caller_identity.current.account_id}:dbuser:${module.proxy.proxy_resource_id}/app",
      ]
    }
  }
}
