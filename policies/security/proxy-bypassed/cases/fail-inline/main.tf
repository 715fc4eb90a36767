# Rules that stand inside of the group, of an Aurora cluster.

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

resource "aws_security_group" "proxy" {
  name   = "orders-proxy"
  vpc_id = "vpc-0a1b2c3d4e5f60001"
}

resource "aws_security_group" "database" {
  name   = "orders-database"
  vpc_id = "vpc-0a1b2c3d4e5f60001"

  dynamic "ingress" {
    for_each = ["10.0.0.0/16", "10.1.0.0/16"]
    content {
      protocol    = "tcp"
      from_port   = 3306
      to_port     = 3306
      cidr_blocks = [ingress.value]
    }
  }
}
resource "aws_rds_cluster" "main" {
  cluster_identifier          = "orders"
  engine                      = "aurora-mysql"
  engine_version              = "8.0.mysql_aurora.3.08.0"
  master_username             = "root_admin"
  manage_master_user_password = true
  skip_final_snapshot         = true
  vpc_security_group_ids      = [aws_security_group.database.id]
}

resource "aws_rds_cluster_instance" "main" {
  cluster_identifier = aws_rds_cluster.main.id
  identifier         = "orders-0"
  engine             = aws_rds_cluster.main.engine
  instance_class     = "db.r6g.large"

}

resource "aws_secretsmanager_secret" "app" {
  name = "orders/app"
}

resource "aws_secretsmanager_secret_version" "app" {
  secret_id     = aws_secretsmanager_secret.app.id
  secret_string = jsonencode({ username = "app", password = "canary-app-password" })
}

resource "aws_iam_role" "proxy" {
  name = "orders-proxy"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "rds.amazonaws.com" } }]
  })
}

resource "aws_db_proxy" "main" {
  name                   = "orders-main"
  engine_family          = "MYSQL"
  role_arn               = aws_iam_role.proxy.arn
  vpc_subnet_ids         = ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002"]
  vpc_security_group_ids = [aws_security_group.proxy.id]
  require_tls            = true

  auth {
    auth_scheme = "SECRETS"
    iam_auth    = "DISABLED"
    secret_arn  = aws_secretsmanager_secret.app.arn
  }
}

resource "aws_db_proxy_target" "main" {
  db_proxy_name         = aws_db_proxy.main.name
  target_group_name     = "default"
  db_cluster_identifier = aws_rds_cluster.main.cluster_identifier
}
