# The module "role" of this configuration.

variable "name" {
  type = string
}

variable "service" {
  type = string
}

resource "aws_iam_role" "main" {
  name = var.name
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = var.service } }]
  })
}

resource "aws_iam_role_policy" "secrets" {
  name = "read-database-secrets"
  role = aws_iam_role.main.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "secretsmanager:GetSecretValue", Resource = "*" }]
  })
}

output "arn" {
  value = aws_iam_role.main.arn
}
