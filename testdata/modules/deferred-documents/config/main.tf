terraform {
  required_version = ">= 1.5"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
  }
}

provider "aws" {
  region = "us-east-1"
}

locals {
  clients = jsondecode(file("${path.module}/clients.json"))
  users   = distinct(flatten([for client in local.clients : client.users if client.via == "proxy"]))
}

module "vpc" {
  source = "../../library/vpc"

  # Somebody else's; nothing of it is made here.
  create = false
  name   = "shared"
}

module "cluster" {
  source = "../../library/rds-aurora"

  name                   = "ledger"
  engine                 = "aurora-mysql"
  engine_version         = "8.0.mysql_aurora.3.08.0"
  master_username        = "root_admin"
  instances              = { one = {} }
  vpc_security_group_ids = compact(["sg-0db00000000000001", module.vpc.vpc_id])

  iam_database_authentication_enabled = true
}

module "secrets" {
  source = "../../library/secrets"

  prefix = "ledger"
  users = merge(
    { for user in local.users : user => { password = "canary-${user}-71aa" } },
    { admin = { username = "root_admin", password = "canary-admin-5d1c" } },
  )
}

# Because of depends_on Terraform reads no data source of these modules before the apply: whatever
# they put into a document is not in the plan.

module "proxy" {
  source = "../../library/rds-proxy"

  name                   = "ledger-proxy"
  engine_family          = "MYSQL"
  vpc_subnet_ids         = ["subnet-0aaa0000000000001", "subnet-0bbb0000000000002"]
  vpc_security_group_ids = ["sg-0aa00000000000002"]

  auth = { for user in local.users : user => {
    iam_auth   = "REQUIRED"
    secret_arn = lookup(module.secrets.arns, user, null)
  } }

  target_db_cluster     = true
  db_cluster_identifier = module.cluster.cluster_id

  depends_on = [module.secrets]
}

module "client_role" {
  source   = "../../library/iam/modules/iam-role"
  for_each = local.clients

  name             = "ledger-${each.key}"
  trusted_services = [each.value.service]
}

module "client_access" {
  source   = "../../library/db-access"
  for_each = local.clients

  name = each.key
  # The cluster's id, where the proxy's belongs.
  endpoints = each.value.via == "database" ? { cluster = module.cluster.cluster_id } : { proxy = module.proxy.proxy_resource_id }
  users     = each.value.users
  roles     = [module.client_role[each.key].name]

  depends_on = [module.proxy]
}
