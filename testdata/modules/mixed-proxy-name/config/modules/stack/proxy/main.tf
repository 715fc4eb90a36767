variable "name" {
  type = string
}

variable "database_identifier" {
  type = string
}

variable "modes" {
  description = "How each user comes in"
  type        = map(string)
}

variable "tags" {
  type    = map(string)
  default = {}
}

module "secrets" {
  source = "../../../../../library/secrets"

  prefix = var.name
  users  = { for user in keys(var.modes) : user => { password = "canary-${user}-71aa" } }
}

module "this" {
  source = "../../../../../library/rds-proxy"

  name                   = "${var.name}-proxy"
  engine_family          = "MYSQL"
  vpc_subnet_ids         = ["subnet-0aaa0000000000001", "subnet-0bbb0000000000002"]
  vpc_security_group_ids = ["sg-0aa00000000000002"]

  auth = merge([
    for user, mode in var.modes : {
      (user) = { iam_auth = mode, secret_arn = module.secrets.arns[user] }
    }
  ]...)

  target_db_instance     = true
  db_instance_identifier = var.database_identifier

  tags = var.tags
}

output "name" {
  value = module.this.proxy_name
}

output "arn" {
  value = module.this.proxy_arn
}
