terraform {
  required_version = ">= 1.5"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.15"
    }
    random = {
      source  = "hashicorp/random"
      version = "~> 3.6"
    }
  }
}

provider "aws" {
  region = "us-east-1"
}

locals {
  vpc_id     = "vpc-0aa00000000000001"
  subnet_ids = ["subnet-0aaa0000000000001", "subnet-0bbb0000000000002"]
}

resource "aws_security_group" "database" {
  name   = "orders-database"
  vpc_id = local.vpc_id
}

resource "aws_security_group" "service" {
  name   = "orders-service"
  vpc_id = local.vpc_id
}

resource "aws_security_group" "proxy" {
  name   = "orders-proxy"
  vpc_id = local.vpc_id
}

resource "aws_vpc_security_group_egress_rule" "service_to_proxy" {
  security_group_id            = aws_security_group.service.id
  referenced_security_group_id = aws_security_group.proxy.id
  ip_protocol                  = "tcp"
  from_port                    = 3306
  to_port                      = 3306
}

resource "aws_vpc_security_group_ingress_rule" "proxy_from_service" {
  security_group_id            = aws_security_group.proxy.id
  referenced_security_group_id = aws_security_group.service.id
  ip_protocol                  = "tcp"
  from_port                    = 3306
  to_port                      = 3306
}

resource "aws_vpc_security_group_egress_rule" "proxy_to_database" {
  security_group_id            = aws_security_group.proxy.id
  referenced_security_group_id = aws_security_group.database.id
  ip_protocol                  = "tcp"
  from_port                    = 3306
  to_port                      = 3306
}

resource "aws_vpc_security_group_ingress_rule" "database_from_proxy" {
  security_group_id            = aws_security_group.database.id
  referenced_security_group_id = aws_security_group.proxy.id
  ip_protocol                  = "tcp"
  from_port                    = 3306
  to_port                      = 3306
}

resource "aws_db_parameter_group" "orders" {
  name   = "orders"
  family = "mysql8.0"

  parameter {
    name  = "require_secure_transport"
    value = "1"
  }
}

resource "aws_db_instance" "orders" {
  identifier                      = "orders"
  engine                          = "mysql"
  engine_version                  = "8.0.40"
  instance_class                  = "db.m6i.large"
  allocated_storage               = 100
  storage_encrypted               = true
  username                        = "root_admin"
  manage_master_user_password     = true
  db_subnet_group_name            = "orders"
  parameter_group_name            = aws_db_parameter_group.orders.name
  vpc_security_group_ids          = [aws_security_group.database.id]
  enabled_cloudwatch_logs_exports = ["error", "iam-db-auth-error"]
  skip_final_snapshot             = true

  iam_database_authentication_enabled = true
  apply_immediately                   = true
}

resource "random_password" "app" {
  length  = 32
  special = false
}

resource "aws_secretsmanager_secret" "app" {
  name = "orders/app"
}

resource "aws_secretsmanager_secret_version" "app" {
  secret_id = aws_secretsmanager_secret.app.id
  secret_string = jsonencode({
    username = "app"
    password = random_password.app.result
  })
}

resource "aws_iam_role" "service" {
  name = "orders-service"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

resource "aws_iam_role" "proxy" {
  name = "orders-proxy"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "rds.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "proxy_reads_secret" {
  name = "read-secret"
  role = aws_iam_role.proxy.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "secretsmanager:GetSecretValue"
      Resource = aws_secretsmanager_secret.app.arn
    }]
  })
}

resource "aws_db_proxy" "orders" {
  name                   = "orders"
  engine_family          = "MYSQL"
  require_tls            = true
  role_arn               = aws_iam_role.proxy.arn
  vpc_subnet_ids         = local.subnet_ids
  vpc_security_group_ids = [aws_security_group.proxy.id]

  auth {
    auth_scheme = "SECRETS"
    iam_auth    = "REQUIRED"
    secret_arn  = aws_secretsmanager_secret.app.arn
  }
}

resource "aws_db_proxy_target" "orders" {
  db_proxy_name          = aws_db_proxy.orders.name
  target_group_name      = "default"
  db_instance_identifier = aws_db_instance.orders.identifier

  depends_on = [aws_secretsmanager_secret_version.app, aws_iam_role_policy.proxy_reads_secret]
}

resource "aws_iam_role_policy" "service_connects" {
  name = "connect"
  role = aws_iam_role.service.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "rds-db:connect"
      Resource = "arn:aws:rds-db:us-east-1:123456789012:dbuser:${element(split(":", aws_db_proxy.orders.arn), 6)}/app"
    }]
  })
}

resource "aws_lambda_function" "service" {
  function_name = "orders"
  package_type  = "Image"
  image_uri     = "123456789012.dkr.ecr.us-east-1.amazonaws.com/orders:1"
  role          = aws_iam_role.service.arn

  vpc_config {
    subnet_ids         = local.subnet_ids
    security_group_ids = [aws_security_group.service.id]
  }

  environment {
    variables = {
      DB_HOST = aws_db_proxy.orders.endpoint
      DB_USER = "app"
    }
  }
}
