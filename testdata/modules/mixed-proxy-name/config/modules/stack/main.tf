terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

variable "name" {
  type = string
}

variable "clients" {
  type = map(object({
    user    = string
    service = optional(string, "lambda")
  }))
}

variable "tags" {
  type    = map(string)
  default = {}
}

data "aws_partition" "current" {}
data "aws_region" "current" {}
data "aws_caller_identity" "current" {}

module "database" {
  source = "../../../../library/rds"

  identifier                  = "${var.name}-db"
  engine                      = "mysql"
  engine_version              = "8.0.40"
  username                    = "root_admin"
  password                    = "canary-master-9f2c"
  manage_master_user_password = false
  vpc_security_group_ids      = ["sg-0db00000000000001"]

  iam_database_authentication_enabled = true

  tags = var.tags
}

module "proxy" {
  source = "./proxy"

  name                = var.name
  database_identifier = module.database.db_instance_identifier
  modes               = { app = "REQUIRED", batch = "DISABLED" }
  tags                = var.tags
}

locals {
  # The document is a template; what it names is chosen here.
  documents = {
    for client, settings in var.clients : client => templatefile("${path.module}/policies/connect.json.tftpl", {
      partition  = data.aws_partition.current.partition
      region     = data.aws_region.current.region
      account_id = data.aws_caller_identity.current.account_id
      endpoints  = [module.proxy.name]
      user       = settings.user
    })
  }
}

module "client_role" {
  source   = "../../../../library/iam/modules/iam-role"
  for_each = var.clients

  name             = "${var.name}-${each.key}"
  trusted_services = [each.value.service]
  policies         = { connect = module.client_policy[each.key].arn }
}

module "client_policy" {
  source   = "../../../../library/iam/modules/iam-policy"
  for_each = var.clients

  name   = "${var.name}-${each.key}-connect"
  policy = local.documents[each.key]
}

# Reports go to the database itself.
module "reporting_role" {
  source = "../../../../library/iam/modules/iam-role"

  name             = "${var.name}-reporting"
  trusted_services = ["ecs-tasks"]
  policy_statements = {
    connect = {
      actions   = ["rds-db:connect"]
      resources = ["arn:${data.aws_partition.current.partition}:rds-db:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:dbuser:${module.database.db_instance_resource_id}/reporting"]
    }
  }
}
