variable "prefix" {
  type = string
}

variable "name" {
  type = string
}

variable "content" {
  type = map(string)
}

variable "key" {
  type = string
  default = null
}

resource "aws_secretsmanager_secret" "this" {
  name = "${var.prefix}-orders/${var.name}"
  kms_key_id = var.key
}

resource "aws_secretsmanager_secret_version" "this" {
  secret_id = aws_secretsmanager_secret.this.id
  secret_string = jsonencode(var.content)
}

output "arn" {
  value = try(aws_secretsmanager_secret.this.arn, null)
}
