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

resource "aws_db_proxy" "main" {
  count = var.create ? 1 : 0
  name = "orders-proxy"
  engine_family = "MYSQL"
  require_tls = true
  role_arn = var.role_arn
  vpc_subnet_ids = ["subnet-0aaa0000000000001", "subnet-0bbb0000000000002"]
  vpc_security_group_ids = var.security_group_ids
  auth {
    auth_scheme = "SECRETS"
    iam_auth = "REQUIRED"
    secret_arn = var.secrets["app"].arn
  }
  auth {
    auth_scheme = "SECRETS"
    iam_auth = "REQUIRED"
    secret_arn = var.secrets["batch"].arn
  }
}

resource "aws_db_proxy_default_target_group" "main" {
  count = var.create ? 1 : 0
  db_proxy_name = aws_db_proxy.main[0].name
}

resource "aws_db_proxy_target" "main" {
  count = var.create ? 1 : 0
  db_proxy_name = aws_db_proxy.main[0].name
  target_group_name = "default"
  db_instance_identifier = var.database
}

output "arn" {
  value = try(aws_db_proxy.main[0].arn, null)
}

output "id" {
  value = try(aws_db_proxy.main[0].id, null)
}

output "name" {
  value = try(aws_db_proxy.main[0].name, null)
}

output "endpoint" {
  value = try(aws_db_proxy.main[0].endpoint, null)
}
