# Names that are marked sensitive: they serve no verdict and reach no output.

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

variable "names" {
  type      = map(string)
  sensitive = true
  default = {
    admin      = "canary-admin"
    identifier = "canary-db"
    proxy      = "canary-proxy"
    secret_arn = "arn:aws:secretsmanager:us-east-1:123456789012:secret:canary-secret-AbCdEf"
    role_arn   = "arn:aws:iam::123456789012:role/canary-role"
    user       = "canary-user"
    group      = "sg-canary-group"
  }
}

resource "aws_db_instance" "main" {
  identifier                          = var.names["identifier"]
  engine                              = "mysql"
  engine_version                      = "8.0.40"
  instance_class                      = "db.m6i.large"
  allocated_storage                   = 100
  username                            = var.names["admin"]
  password                            = "canary-password"
  vpc_security_group_ids              = [var.names["group"]]
  skip_final_snapshot                 = true
  iam_database_authentication_enabled = true
}

resource "aws_db_proxy" "main" {
  name           = var.names["proxy"]
  engine_family  = "MYSQL"
  require_tls    = true
  role_arn       = var.names["role_arn"]
  vpc_subnet_ids = ["subnet-0aaa0000000000001", "subnet-0bbb0000000000002"]

  auth {
    auth_scheme = "SECRETS"
    iam_auth    = "REQUIRED"
    secret_arn  = var.names["secret_arn"]
  }
}

resource "aws_db_proxy_target" "main" {
  db_proxy_name          = aws_db_proxy.main.name
  target_group_name      = "default"
  db_instance_identifier = aws_db_instance.main.identifier
}

resource "aws_iam_role" "orders" {
  name = "orders"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "orders_connect" {
  name = "orders_connect"
  role = aws_iam_role.orders.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["rds-db:connect"]
      Resource = ["arn:aws:rds-db:us-east-1:123456789012:dbuser:${var.names["proxy"]}/${var.names["user"]}"]
    }]
  })
}
