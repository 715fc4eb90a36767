# The order service's database behind RDS Proxy. One mistake is in it: nobody can log in as orders_app.

terraform {
  required_version = ">= 1.5"
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

variable "database_passwords" {
  description = "Passwords of the users that the proxy logs in as."
  type        = map(string)
  sensitive   = true
  default = {
    app        = "canary-app-5d1e"
    migrations = "canary-migrations-c83a"
  }
}

# Network: the proxy reaches the database on its port, and nothing else does.

resource "aws_security_group" "database" {
  name   = "orders-database"
  vpc_id = "vpc-0123456789abcdef0"
}

resource "aws_security_group" "proxy" {
  name   = "orders-proxy"
  vpc_id = "vpc-0123456789abcdef0"
}

resource "aws_vpc_security_group_ingress_rule" "database_from_proxy" {
  security_group_id            = aws_security_group.database.id
  referenced_security_group_id = aws_security_group.proxy.id
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

# The database. RDS keeps the password of its master user.

resource "aws_db_instance" "orders" {
  identifier                  = "orders"
  engine                      = "mysql"
  engine_version              = "8.0.40"
  instance_class              = "db.m6i.large"
  allocated_storage           = 100
  storage_encrypted           = true
  username                    = "root_admin"
  manage_master_user_password = true
  vpc_security_group_ids      = [aws_security_group.database.id]
  skip_final_snapshot         = true
}

# What the proxy logs in with: one secret for each user, under a key of our own.

resource "aws_kms_key" "orders" {
  description         = "Secrets of the order service"
  enable_key_rotation = true
}

resource "aws_secretsmanager_secret" "app" {
  name       = "orders/app"
  kms_key_id = aws_kms_key.orders.arn
}

resource "aws_secretsmanager_secret_version" "app" {
  secret_id = aws_secretsmanager_secret.app.id
  secret_string = jsonencode({
    username = "orders_app"
    password = var.database_passwords["app"]
  })
}

resource "aws_secretsmanager_secret" "migrations" {
  name       = "orders/migrations"
  kms_key_id = aws_kms_key.orders.arn
}

resource "aws_secretsmanager_secret_version" "migrations" {
  secret_id = aws_secretsmanager_secret.migrations.id
  secret_string = jsonencode({
    username = "orders_migrations"
    password = var.database_passwords["migrations"]
  })
}

# The proxy, and the role with which it reads the secrets.

data "aws_iam_policy_document" "proxy_trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["rds.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "proxy" {
  name               = "orders-proxy"
  assume_role_policy = data.aws_iam_policy_document.proxy_trust.json
}

data "aws_iam_policy_document" "proxy_secrets" {
  statement {
    actions   = ["secretsmanager:GetSecretValue"]
    resources = [aws_secretsmanager_secret.app.arn, aws_secretsmanager_secret.migrations.arn]
  }
  statement {
    actions   = ["kms:Decrypt"]
    resources = [aws_kms_key.orders.arn]
    condition {
      test     = "StringEquals"
      variable = "kms:ViaService"
      values   = ["secretsmanager.us-east-1.amazonaws.com"]
    }
  }
}

resource "aws_iam_role_policy" "proxy_secrets" {
  name   = "read-database-secrets"
  role   = aws_iam_role.proxy.name
  policy = data.aws_iam_policy_document.proxy_secrets.json
}

resource "aws_db_proxy" "orders" {
  name                   = "orders-proxy"
  engine_family          = "MYSQL"
  require_tls            = true
  role_arn               = aws_iam_role.proxy.arn
  vpc_subnet_ids         = ["subnet-0aaa0000000000001", "subnet-0bbb0000000000002"]
  vpc_security_group_ids = [aws_security_group.proxy.id]

  # The service comes with an IAM token, the migration job with its password.
  auth {
    auth_scheme = "SECRETS"
    iam_auth    = "REQUIRED"
    secret_arn  = aws_secretsmanager_secret.app.arn
  }

  auth {
    auth_scheme = "SECRETS"
    iam_auth    = "DISABLED"
    secret_arn  = aws_secretsmanager_secret.migrations.arn
  }
}

resource "aws_db_proxy_default_target_group" "orders" {
  db_proxy_name = aws_db_proxy.orders.name
}

resource "aws_db_proxy_target" "orders" {
  db_proxy_name          = aws_db_proxy.orders.name
  target_group_name      = aws_db_proxy_default_target_group.orders.name
  db_instance_identifier = aws_db_instance.orders.identifier
}

# Who may log in: the service, with an IAM token, as orders_app.

data "aws_caller_identity" "current" {}

data "aws_iam_policy_document" "task_trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "service" {
  name               = "orders-service"
  assume_role_policy = data.aws_iam_policy_document.task_trust.json
}

data "aws_iam_policy_document" "service_connect" {
  statement {
    actions = ["rds-db:connect"]
    resources = [
      "arn:aws:rds-db:us-east-1:${data.aws_caller_identity.current.account_id}:dbuser:${aws_db_proxy.orders.name}/orders_app",
    ]
  }
}

resource "aws_iam_role_policy" "service_connect" {
  name   = "connect-to-orders"
  role   = aws_iam_role.service.name
  policy = data.aws_iam_policy_document.service_connect.json
}
