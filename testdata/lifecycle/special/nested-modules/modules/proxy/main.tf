# The module "proxy" of this configuration.

variable "settings" {
  type = any
}

variable "database" {
  type = any
}

variable "secrets" {
  type = any
}

resource "aws_iam_role" "this" {
  name = "${var.settings.name}-proxy"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "rds.amazonaws.com" } }]
  })
}

data "aws_iam_policy_document" "secrets" {
  statement {
    actions   = ["secretsmanager:GetSecretValue"]
    resources = [for secret in var.secrets : secret.arn]
  }
}

resource "aws_iam_role_policy" "secrets" {
  name   = "read-database-secrets"
  role   = aws_iam_role.this.name
  policy = data.aws_iam_policy_document.secrets.json
}

resource "aws_db_proxy" "this" {
  name                   = "${var.settings.name}-proxy"
  engine_family          = "MYSQL"
  require_tls            = var.settings.tls
  role_arn               = aws_iam_role.this.arn
  vpc_subnet_ids         = ["subnet-0aaa0000000000001", "subnet-0bbb0000000000002"]
  vpc_security_group_ids = ["sg-0aa00000000000002"]

  dynamic "auth" {
    for_each = var.secrets
    content {
      auth_scheme = "SECRETS"
      iam_auth    = "REQUIRED"
      secret_arn  = auth.value.arn
    }
  }
}

resource "aws_db_proxy_target" "this" {
  db_proxy_name          = aws_db_proxy.this.name
  target_group_name      = "default"
  db_instance_identifier = var.database.identifier
}

output "proxy" {
  value = aws_db_proxy.this
}

output "resource_id" {
  value = element(split(":", aws_db_proxy.this.arn), 6)
}
