resource "aws_db_proxy" "main" {
  require_tls = false
}
