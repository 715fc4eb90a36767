variable "role" {
  type = string
}

variable "name" {
  type = string
}

resource "aws_iam_role_policy" "this" {
  role   = var.role
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "rds-db:connect", Resource = "arn:aws:rds-db:us-east-1:123456789012:dbuser:${var.name}/app" }] })
}
