variable "name" {
  type = string
}

variable "tls" {
  type = bool
}

variable "scheme" {
  type    = string
  default = "NONE"
}

variable "role_arn" {
  type = string
}

variable "users" {
  type = any
}

variable "identifier" {
  type = string
}

resource "aws_db_proxy" "this" {
  name                = var.name
  engine_family       = "POSTGRESQL"
  role_arn            = var.role_arn
  vpc_subnet_ids      = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"]
  require_tls         = var.tls
  default_auth_scheme = var.scheme

  dynamic "auth" {
    for_each = var.users

    content {
      auth_scheme = "SECRETS"
      iam_auth    = try(auth.value.iam_auth, "REQUIRED")
      secret_arn  = auth.value.secret_arn
    }
  }
}

resource "aws_db_proxy_target" "this" {
  db_proxy_name          = aws_db_proxy.this.name
  target_group_name      = "default"
  db_instance_identifier = var.identifier
}
