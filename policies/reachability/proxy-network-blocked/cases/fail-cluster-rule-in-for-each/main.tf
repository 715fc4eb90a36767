# The rules of the cluster come from a map of groups, and that of the proxy is not in it.

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

resource "aws_security_group" "database" {
  name   = "orders-database"
  vpc_id = "vpc-0123456789abcdef0"
}

resource "aws_security_group" "proxy" {
  name   = "orders-proxy"
  vpc_id = "vpc-0123456789abcdef0"
}

resource "aws_security_group" "batch" {
  name   = "orders-batch"
  vpc_id = "vpc-0123456789abcdef0"
}

resource "aws_security_group_rule" "database_in" {
  for_each = { batch = aws_security_group.batch.id }

  type                     = "ingress"
  security_group_id        = aws_security_group.database.id
  source_security_group_id = each.value
  protocol                 = "tcp"
  from_port                = 5432
  to_port                  = 5432
}

resource "aws_security_group_rule" "proxy_out" {
  type                     = "egress"
  security_group_id        = aws_security_group.proxy.id
  source_security_group_id = aws_security_group.database.id
  protocol                 = "tcp"
  from_port                = 5432
  to_port                  = 5432
}

resource "aws_rds_cluster" "main" {
  cluster_identifier          = "orders-db"
  engine                      = "aurora-postgresql"
  engine_version              = "16.4"
  database_name               = "orders"
  master_username             = "root_admin"
  manage_master_user_password = true
  skip_final_snapshot         = true
  vpc_security_group_ids      = [aws_security_group.database.id]
}

resource "aws_rds_cluster_instance" "main" {
  cluster_identifier = aws_rds_cluster.main.id
  identifier         = "orders-db-0"
  engine             = aws_rds_cluster.main.engine
  instance_class     = "db.r6g.large"
}

resource "aws_db_proxy" "main" {
  name                   = "orders-proxy"
  engine_family          = "POSTGRESQL"
  require_tls            = true
  role_arn               = "arn:aws:iam::123456789012:role/orders-proxy"
  vpc_subnet_ids         = ["subnet-0aaa0000000000001", "subnet-0bbb0000000000002"]
  vpc_security_group_ids = [aws_security_group.proxy.id]

  auth {
    auth_scheme = "SECRETS"
    iam_auth    = "REQUIRED"
    secret_arn  = "arn:aws:secretsmanager:us-east-1:123456789012:secret:orders/app-Ab12Cd"
  }
}

resource "aws_db_proxy_target" "main" {
  db_proxy_name         = aws_db_proxy.main.name
  target_group_name     = "default"
  db_cluster_identifier = aws_rds_cluster.main.cluster_identifier
}
