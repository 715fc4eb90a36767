variable "create" {
  type = bool
  default = true
}

variable "role_arn" {
  type = string
}

variable "security_group_ids" {
  type = list(string)
}

variable "secrets" {
  type = map(object({
    arn = string
    mode = optional(string)
  }))
  default = {}
}

variable "database" {
  type = string
}

locals {
  auth = { app = { mode = var.secrets["app"].mode, arn = var.secrets["app"].arn } }
}

resource "aws_db_proxy" "main" {
  name = "orders-proxy"
  engine_family = "POSTGRESQL"
  require_tls = true
  role_arn = var.role_arn
  vpc_subnet_ids = ["subnet-0aaa0000000000001", "subnet-0bbb0000000000002"]
  vpc_security_group_ids = var.security_group_ids
  dynamic "auth" {
    for_each = { for name, entry in local.auth : name => entry if name != "nobody" }
    content {
      auth_scheme = "SECRETS"
      iam_auth = auth.value.mode
      secret_arn = auth.value.arn
    }
  }
}

resource "aws_db_proxy_default_target_group" "main" {
  db_proxy_name = aws_db_proxy.main.name
}

resource "aws_db_proxy_target" "main" {
  db_proxy_name = aws_db_proxy.main.name
  target_group_name = aws_db_proxy_default_target_group.main.name
  db_cluster_identifier = var.database
}

output "arn" {
  value = aws_db_proxy.main.arn
}

output "id" {
  value = aws_db_proxy.main.id
}

output "name" {
  value = aws_db_proxy.main.name
}

output "endpoint" {
  value = aws_db_proxy.main.endpoint
}
