# The module "proxy" of this configuration.

variable "name" {
  type = string
}

variable "database_identifier" {
  type = string
}

variable "require_tls" {
  type    = bool
  default = false
}

variable "secret_arns" {
  type = map(string)
}

resource "aws_db_proxy" "main" {
  name                   = var.name
  engine_family          = "MYSQL"
  require_tls            = var.require_tls
  role_arn               = "arn:aws:iam::123456789012:role/orders-proxy"
  vpc_subnet_ids         = ["subnet-0aaa0000000000001", "subnet-0bbb0000000000002"]
  vpc_security_group_ids = ["sg-0aa00000000000002"]

  dynamic "auth" {
    for_each = var.secret_arns
    content {
      auth_scheme = "SECRETS"
      description = auth.key
      iam_auth    = "REQUIRED"
      secret_arn  = auth.value
    }
  }
}

resource "aws_db_proxy_target" "main" {
  db_proxy_name          = aws_db_proxy.main.name
  target_group_name      = "default"
  db_instance_identifier = var.database_identifier
}
