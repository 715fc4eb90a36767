terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

provider "aws" {
  region = "eu-west-1"
}
resource "aws_kms_key" "default_policy" {}

resource "aws_secretsmanager_secret" "each" {
  for_each = toset(["app", "report"])
  name     = "orders/${each.key}"
}

resource "aws_secretsmanager_secret_version" "object" {
  secret_id     = aws_secretsmanager_secret.each["app"].id
  secret_string = jsonencode({ username = "app", password = "canary-password" })
}

resource "aws_secretsmanager_secret_version" "write_only" {
  secret_id                = aws_secretsmanager_secret.each["report"].id
  secret_string_wo         = jsonencode({ username = "report", password = "canary-password" })
  secret_string_wo_version = 1
}

resource "aws_secretsmanager_secret_version" "binary" {
  secret_id     = aws_secretsmanager_secret.each["report"].id
  secret_binary = base64encode("canary-password")
}

resource "aws_security_group" "empty" {
  name = "empty"
}

resource "aws_security_group" "inline" {
  name = "inline"

  ingress {
    from_port       = 5432
    to_port         = 5432
    protocol        = "tcp"
    security_groups = [aws_security_group.empty.id]
  }

  egress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_iam_role" "proxy" {
  name               = "proxy"
  assume_role_policy = jsonencode({ Statement = { Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "rds.amazonaws.com" } } })

  inline_policy {
    name   = "read"
    policy = jsonencode({ Statement = { Effect = "Allow", Action = "secretsmanager:GetSecretValue", Resource = aws_secretsmanager_secret.each["app"].arn } })
  }
}

resource "aws_db_proxy" "main" {
  name                   = "orders"
  engine_family          = "POSTGRESQL"
  role_arn               = aws_iam_role.proxy.arn
  vpc_subnet_ids         = ["subnet-1"]
  vpc_security_group_ids = [aws_security_group.inline.id]

  auth {
    secret_arn = aws_secretsmanager_secret.each["app"].arn
  }

  auth {
    iam_auth   = "REQUIRED"
    secret_arn = aws_secretsmanager_secret.each["report"].arn
  }
}

resource "aws_db_instance" "main" {
  identifier                  = "orders"
  engine                      = "postgres"
  instance_class              = "db.t4g.micro"
  username                    = "master"
  manage_master_user_password = true
}

resource "aws_db_instance" "password" {
  identifier     = "legacy"
  engine         = "postgres"
  instance_class = "db.t4g.micro"
  username       = "master"
  password       = "canary-password"
}

resource "aws_db_proxy_target" "main" {
  db_proxy_name          = aws_db_proxy.main.name
  target_group_name      = "default"
  db_instance_identifier = aws_db_instance.main.identifier
}
