variable "name" {
  type = string
}

variable "users" {
  type = map(object({
    password = string
    iam      = optional(bool, true)
  }))
}

variable "cluster_identifier" {
  type = string
}

variable "subnet_ids" {
  type = list(string)
}

variable "security_group_ids" {
  type = list(string)
}

locals {
  modes = { for name, user in var.users : name => user.iam ? "REQUIRED" : "DISABLED" }

  # Written when everyone used IAM. Now the secret of whoever does not is missing here.
  readable = [for name, mode in local.modes : module.secrets.arns[name] if mode == "REQUIRED"]
}

module "secrets" {
  source  = "example-modules/secrets/aws"
  version = "1.2.0"

  prefix = var.name
  users  = { for name, user in var.users : name => { password = user.password } }
}

data "aws_iam_policy_document" "read" {
  dynamic "statement" {
    for_each = length(local.readable) > 0 ? { read = local.readable } : {}

    content {
      sid       = title(statement.key)
      actions   = ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"]
      resources = statement.value
    }
  }
}

module "role" {
  source  = "example-modules/iam/aws//modules/iam-role"
  version = "~> 5.0"

  name                    = "${var.name}-proxy"
  trusted_services        = ["rds"]
  source_policy_documents = [data.aws_iam_policy_document.read.json]
}

module "proxy" {
  source  = "example-modules/rds-proxy/aws"
  version = "~> 3.1"

  name                   = "${var.name}-proxy"
  engine_family          = "MYSQL"
  create_iam_role        = false
  iam_role_arn           = module.role.arn
  vpc_subnet_ids         = var.subnet_ids
  vpc_security_group_ids = var.security_group_ids

  auth = { for name, mode in local.modes : name => {
    iam_auth    = mode
    secret_arn  = module.secrets.secrets[name].arn
    description = mode == "REQUIRED" ? "by IAM" : "by password"
  } }

  target_db_cluster     = true
  db_cluster_identifier = var.cluster_identifier
}

output "proxy_arn" {
  value = module.proxy.proxy_arn
}

output "proxy_resource_id" {
  value = regex("prx-[0-9a-z]+$", module.proxy.proxy_arn)
}
