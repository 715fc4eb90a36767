variable "settings" {}

resource "aws_secretsmanager_secret" "this" {
  kms_key_id = var.settings.keys.main.arn
}
