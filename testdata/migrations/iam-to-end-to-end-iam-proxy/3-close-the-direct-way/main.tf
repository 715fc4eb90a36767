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
  from_port                    = 5432
  to_port                      = 5432
}

resource "aws_vpc_security_group_ingress_rule" "proxy_from_service" {
  security_group_id            = aws_security_group.proxy.id
  referenced_security_group_id = aws_security_group.service.id
  ip_protocol                  = "tcp"
  from_port                    = 5432
  to_port                      = 5432
}

resource "aws_vpc_security_group_egress_rule" "proxy_to_database" {
  security_group_id            = aws_security_group.proxy.id
  referenced_security_group_id = aws_security_group.database.id
  ip_protocol                  = "tcp"
  from_port                    = 5432
  to_port                      = 5432
}

resource "aws_vpc_security_group_ingress_rule" "database_from_proxy" {
  security_group_id            = aws_security_group.database.id
  referenced_security_group_id = aws_security_group.proxy.id
  ip_protocol                  = "tcp"
  from_port                    = 5432
  to_port                      = 5432
}

resource "aws_rds_cluster_parameter_group" "orders" {
  name   = "orders"
  family = "aurora-postgresql16"

  parameter {
    name  = "rds.force_ssl"
    value = "1"
  }
}

resource "aws_rds_cluster" "orders" {
  cluster_identifier                  = "orders"
  engine                              = "aurora-postgresql"
  engine_version                      = "16.4"
  master_username                     = "root_admin"
  manage_master_user_password         = true
  storage_encrypted                   = true
  db_subnet_group_name                = "orders"
  db_cluster_parameter_group_name     = aws_rds_cluster_parameter_group.orders.name
  vpc_security_group_ids              = [aws_security_group.database.id]
  enabled_cloudwatch_logs_exports     = ["iam-db-auth-error", "postgresql"]
  iam_database_authentication_enabled = true
  skip_final_snapshot                 = true
}

resource "aws_rds_cluster_instance" "orders" {
  identifier         = "orders-1"
  cluster_identifier = aws_rds_cluster.orders.cluster_identifier
  engine             = aws_rds_cluster.orders.engine
  instance_class     = "db.r6g.large"
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

resource "aws_iam_role_policy" "proxy_connects" {
  name = "connect"
  role = aws_iam_role.proxy.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "rds-db:connect"
      Resource = "arn:aws:rds-db:us-east-1:123456789012:dbuser:${aws_rds_cluster.orders.cluster_resource_id}/app"
    }]
  })
}

resource "aws_db_proxy" "orders" {
  name                   = "orders"
  engine_family          = "POSTGRESQL"
  require_tls            = true
  default_auth_scheme    = "IAM_AUTH"
  role_arn               = aws_iam_role.proxy.arn
  vpc_subnet_ids         = local.subnet_ids
  vpc_security_group_ids = [aws_security_group.proxy.id]
}

resource "aws_db_proxy_target" "orders" {
  db_proxy_name         = aws_db_proxy.orders.name
  target_group_name     = "default"
  db_cluster_identifier = aws_rds_cluster.orders.cluster_identifier

  depends_on = [aws_iam_role_policy.proxy_connects]
}

resource "aws_iam_role_policy" "service_connects_proxy" {
  name = "connect-proxy"
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
