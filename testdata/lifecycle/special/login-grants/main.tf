# Logins granted by wildcards over the slash, by NotResource, and by policy variables in documents old and new.

terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
  }
}

provider "aws" {
  region              = "us-east-1"
  allowed_account_ids = ["123456789012"]
}

resource "aws_db_instance" "main" {
  identifier                          = "orders-db"
  engine                              = "postgres"
  engine_version                      = "16.4"
  instance_class                      = "db.m6i.large"
  allocated_storage                   = 100
  username                            = "root_admin"
  manage_master_user_password         = true
  iam_database_authentication_enabled = true
  skip_final_snapshot                 = true
}

resource "aws_secretsmanager_secret" "app" {
  name = "orders/app"
}

resource "aws_secretsmanager_secret_version" "app" {
  secret_id = aws_secretsmanager_secret.app.id
  secret_string = jsonencode({
    username = "app"
    password = "canary-app-71aa"
  })
}

resource "aws_secretsmanager_secret" "report" {
  name = "orders/report"
}

resource "aws_secretsmanager_secret_version" "report" {
  secret_id = aws_secretsmanager_secret.report.id
  secret_string = jsonencode({
    username = "report"
    password = "canary-report-71aa"
  })
}

resource "aws_iam_role" "proxy" {
  name = "orders-proxy"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "rds.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "proxy" {
  name = "secrets"
  role = aws_iam_role.proxy.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "secretsmanager:GetSecretValue", Resource = "arn:aws:secretsmanager:us-east-1:123456789012:secret:orders/*" }]
  })
}

resource "aws_db_proxy" "main" {
  name                   = "orders-proxy"
  engine_family          = "POSTGRESQL"
  require_tls            = true
  role_arn               = aws_iam_role.proxy.arn
  vpc_subnet_ids         = ["subnet-0aaa0000000000001", "subnet-0bbb0000000000002"]
  vpc_security_group_ids = ["sg-0aa00000000000002"]

  auth {
    auth_scheme = "SECRETS"
    iam_auth    = "REQUIRED"
    secret_arn  = aws_secretsmanager_secret.app.arn
  }

  auth {
    auth_scheme = "SECRETS"
    iam_auth    = "REQUIRED"
    secret_arn  = aws_secretsmanager_secret.report.arn
  }
}

resource "aws_db_proxy_target" "main" {
  db_proxy_name          = aws_db_proxy.main.name
  target_group_name      = "default"
  db_instance_identifier = aws_db_instance.main.identifier
}

resource "aws_iam_role" "jane" {
  name = "jane"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "jane" {
  name = "connect"
  role = aws_iam_role.jane.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "rds-db:connect", Resource = "arn:aws:rds-db:us-east-1:123456789012:dbuser:db-*/jane" }]
  })
}

resource "aws_iam_role" "everything" {
  name = "everything"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "everything" {
  name = "connect"
  role = aws_iam_role.everything.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "rds-db:connect", Resource = "arn:aws:rds-db:us-east-1:123456789012:dbuser:*" }]
  })
}

resource "aws_iam_role" "every_proxy" {
  name = "every-proxy"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "every_proxy" {
  name = "connect"
  role = aws_iam_role.every_proxy.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "rds-db:connect", Resource = "arn:aws:rds-db:us-east-1:123456789012:dbuser:prx-*" }]
  })
}

resource "aws_iam_role" "some_proxies" {
  name = "some-proxies"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "some_proxies" {
  name = "connect"
  role = aws_iam_role.some_proxies.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "rds-db:connect", Resource = "arn:aws:rds-db:us-east-1:123456789012:dbuser:prx-0123*" }]
  })
}

resource "aws_iam_role" "ends_in_app" {
  name = "ends-in-app"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "ends_in_app" {
  name = "connect"
  role = aws_iam_role.ends_in_app.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "rds-db:connect", Resource = "arn:aws:rds-db:us-east-1:123456789012:dbuser:*app" }]
  })
}

resource "aws_iam_role" "all_but_report" {
  name = "all-but-report"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "all_but_report" {
  name = "connect"
  role = aws_iam_role.all_but_report.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "rds-db:connect", NotResource = "arn:aws:rds-db:us-east-1:123456789012:dbuser:prx-*/report" }]
  })
}

resource "aws_iam_role" "all_but_an_id" {
  name = "all-but-an-id"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "all_but_an_id" {
  name = "connect"
  role = aws_iam_role.all_but_an_id.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "rds-db:connect", NotResource = "arn:aws:rds-db:us-east-1:123456789012:dbuser:prx-0123456789abcdef0/app" }]
  })
}

resource "aws_iam_role" "all_but_databases" {
  name = "all-but-databases"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "all_but_databases" {
  name = "connect"
  role = aws_iam_role.all_but_databases.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "rds-db:connect", NotResource = ["arn:aws:rds-db:us-east-1:123456789012:dbuser:db-*", "arn:aws:rds-db:us-east-1:123456789012:dbuser:cluster-*"] }]
  })
}

resource "aws_iam_role" "nobody" {
  name = "nobody"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "nobody" {
  name = "connect"
  role = aws_iam_role.nobody.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "rds-db:connect", NotResource = "arn:aws:rds-db:us-east-1:123456789012:dbuser:*" }]
  })
}

resource "aws_iam_role" "old_document" {
  name = "old-document"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "old_document" {
  name = "connect"
  role = aws_iam_role.old_document.name
  policy = jsonencode({
    Statement = [{ Effect = "Allow", Action = "rds-db:connect", Resource = "arn:aws:rds-db:us-east-1:123456789012:dbuser:db-*/$${aws:username}" }]
  })
}

resource "aws_iam_role" "new_document" {
  name = "new-document"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "new_document" {
  name = "connect"
  role = aws_iam_role.new_document.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "rds-db:connect", Resource = "arn:aws:rds-db:us-east-1:123456789012:dbuser:db-*/$${aws:username}" }]
  })
}

resource "aws_iam_role" "wrong_id" {
  name = "wrong-id"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "wrong_id" {
  name = "connect"
  role = aws_iam_role.wrong_id.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "rds-db:connect", Resource = "arn:aws:rds-db:us-east-1:123456789012:dbuser:orders-proxy/app" }]
  })
}

resource "aws_iam_role_policy" "wrong_id_mended" {
  name = "mended"
  role = aws_iam_role.wrong_id.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "rds-db:connect", NotResource = "arn:aws:rds-db:us-east-1:123456789012:dbuser:db-*" }]
  })
}
