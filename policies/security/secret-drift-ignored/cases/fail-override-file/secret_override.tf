resource "aws_secretsmanager_secret_version" "app" {
  lifecycle {
    ignore_changes = [secret_string]
  }
}
