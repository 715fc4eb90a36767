terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

provider "aws" {
  region = "eu-west-1"
}

locals {
  identifier = "orders"
}

variable "port" {
  type    = number
  default = 5433
}

variable "engine_version" {
  type    = string
  default = "15.4"
}

resource "aws_secretsmanager_secret" "app" {
  name = "orders/app"
}

resource "aws_iam_role" "proxy" {
  name = "orders-proxy"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "rds.amazonaws.com" }
    }]
  })
}

module "orders" {
  source = "./modules/orders"

  identifier     = local.identifier
  port           = var.port
  engine_version = var.engine_version
  tls            = false
  role_arn       = aws_iam_role.proxy.arn
  users = {
    app = {
      secret_arn = aws_secretsmanager_secret.app.arn
      iam_auth   = "DISABLED"
    }
  }
}
