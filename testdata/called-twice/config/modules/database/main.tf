variable "name" {
  type = string
}

variable "require_tls" {
  type    = bool
  default = true
}

variable "grant_names" {
  description = "What the grant calls the proxy"
  type        = string
  default     = "resource-id"

  validation {
    condition     = contains(["resource-id", "name"], var.grant_names)
    error_message = "Either resource-id or name."
  }
}

locals {
  proxy_id = var.grant_names == "name" ? aws_db_proxy.main.name : element(split(":", aws_db_proxy.main.arn), 6)
}

resource "aws_db_instance" "main" {
  identifier                  = var.name
  engine                      = "postgres"
  engine_version              = "16.4"
  instance_class              = "db.m6i.large"
  allocated_storage           = 100
  storage_encrypted           = true
  username                    = "root_admin"
  manage_master_user_password = true
  vpc_security_group_ids      = ["sg-0db00000000000001"]
  skip_final_snapshot         = true
}

resource "aws_secretsmanager_secret" "app" {
  name = "${var.name}/app"
}

resource "aws_secretsmanager_secret_version" "app" {
  secret_id     = aws_secretsmanager_secret.app.id
  secret_string = jsonencode({ username = "app", password = "canary-${var.name}-71aa" })
}

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
  name               = "${var.name}-proxy"
  assume_role_policy = data.aws_iam_policy_document.proxy_trust.json
}

resource "aws_iam_role_policy" "proxy_secrets" {
  role = aws_iam_role.proxy.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "secretsmanager:GetSecretValue", Resource = aws_secretsmanager_secret.app.arn }]
  })
}

resource "aws_db_proxy" "main" {
  name                   = "${var.name}-proxy"
  engine_family          = "POSTGRESQL"
  require_tls            = var.require_tls
  role_arn               = aws_iam_role.proxy.arn
  vpc_subnet_ids         = ["subnet-0aaa0000000000001", "subnet-0bbb0000000000002"]
  vpc_security_group_ids = ["sg-0aa00000000000002"]

  auth {
    auth_scheme = "SECRETS"
    iam_auth    = "REQUIRED"
    secret_arn  = aws_secretsmanager_secret.app.arn
  }
}

resource "aws_db_proxy_default_target_group" "main" {
  db_proxy_name = aws_db_proxy.main.name
}

resource "aws_db_proxy_target" "main" {
  db_proxy_name          = aws_db_proxy.main.name
  target_group_name      = aws_db_proxy_default_target_group.main.name
  db_instance_identifier = aws_db_instance.main.identifier
}

resource "aws_iam_role" "client" {
  name = "${var.name}-client"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "connect" {
  role = aws_iam_role.client.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "rds-db:connect"
      Resource = "arn:aws:rds-db:us-east-1:123456789012:dbuser:${local.proxy_id}/app"
    }]
  })
}
