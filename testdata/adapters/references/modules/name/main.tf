variable "key" {}
variable "object" {}

resource "aws_secretsmanager_secret" "text" {
  kms_key_id = var.key
}

resource "aws_secretsmanager_secret" "attribute" {
  kms_key_id = try(var.object.arn, "none")
}

resource "aws_secretsmanager_secret" "unset" {
  kms_key_id = var.nothing
}

variable "nothing" {
  default = null
}
