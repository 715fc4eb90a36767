variable "user" {
  type = string
}

resource "aws_secretsmanager_secret" "this" {
  name = "orders/${var.user}"
}

resource "aws_secretsmanager_secret_version" "this" {
  secret_id     = aws_secretsmanager_secret.this.id
  secret_string = jsonencode({ username = var.user, password = "canary-${var.user}-71aa" })
}

locals {
  arn = aws_secretsmanager_secret_version.this.arn
}

output "arn" {
  value = local.arn
}
