variable "name" {
  type = string
}

variable "tls" {
  type    = bool
  default = null
}

variable "secret_arn" {
  type = string
}

variable "role_arn" {
  type = string
}

resource "aws_db_proxy" "this" {
  name                   = var.name
  engine_family          = "MYSQL"
  require_tls            = var.tls
  role_arn               = var.role_arn
  vpc_subnet_ids         = ["subnet-0aaa0000000000001", "subnet-0bbb0000000000002"]
  vpc_security_group_ids = ["sg-0aa00000000000002"]

  auth {
    auth_scheme = "SECRETS"
    iam_auth    = "DISABLED"
    secret_arn  = var.secret_arn
  }
}

output "name" {
  value = aws_db_proxy.this.name
}
