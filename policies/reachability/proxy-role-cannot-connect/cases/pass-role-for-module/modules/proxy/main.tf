# A proxy with a role of its own, made for secrets, unless the caller brings one.

variable "name" { type = string }
variable "database" { type = string }
variable "scheme" { type = string }
variable "secrets" {
  type    = list(string)
  default = []
}
variable "make_role" {
  type    = bool
  default = true
}
variable "role_arn" {
  type    = string
  default = null
}

locals {
  role = var.make_role ? aws_iam_role.own[0].arn : var.role_arn
}

resource "aws_iam_role" "own" {
  count = var.make_role ? 1 : 0
  name  = var.name
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "rds.amazonaws.com" } }]
  })
}

data "aws_iam_policy_document" "secrets" {
  count = var.make_role ? 1 : 0

  statement {
    actions   = ["secretsmanager:GetSecretValue"]
    resources = var.secrets
  }
}

resource "aws_iam_role_policy" "secrets" {
  count  = var.make_role ? 1 : 0
  name   = "secrets"
  role   = aws_iam_role.own[0].name
  policy = data.aws_iam_policy_document.secrets[0].json
}

resource "aws_db_proxy" "main" {
  name                   = var.name
  engine_family          = "MYSQL"
  require_tls            = true
  default_auth_scheme    = var.scheme
  role_arn               = local.role
  vpc_subnet_ids         = ["subnet-0aaa0000000000001", "subnet-0bbb0000000000002"]
  vpc_security_group_ids = ["sg-0aa00000000000002"]

  dynamic "auth" {
    for_each = var.secrets
    content {
      auth_scheme = "SECRETS"
      iam_auth    = "REQUIRED"
      secret_arn  = auth.value
    }
  }
}

resource "aws_db_proxy_target" "main" {
  db_proxy_name          = aws_db_proxy.main.name
  target_group_name      = "default"
  db_instance_identifier = var.database
}
