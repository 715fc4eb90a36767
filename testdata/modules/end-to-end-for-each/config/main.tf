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
  databases = {
    orders = {
      engine  = "aurora-postgresql"
      users   = ["app", "worker"]
      clients = { api = "app", jobs = "worker" }
    }
    search = {
      engine  = "aurora-mysql"
      users   = ["app"]
      clients = { indexer = "app" }
    }
  }

  versions = {
    aurora-postgresql = "16.4"
    aurora-mysql      = "8.0.mysql_aurora.3.08.0"
  }
  families = {
    aurora-postgresql = "POSTGRESQL"
    aurora-mysql      = "MYSQL"
  }

  # One entry for each client of each database.
  clients = merge([
    for database, settings in local.databases : {
      for client, user in settings.clients : "${database}-${client}" => { database = database, user = user }
    }
  ]...)
}

module "cluster" {
  source   = "example-modules/rds-aurora/aws"
  version  = "~> 9.0"
  for_each = local.databases

  name            = each.key
  engine          = each.value.engine
  engine_version  = lookup(local.versions, each.value.engine, null)
  master_username = "root_admin"
  instances       = { for index in range(2) : index => {} }

  iam_database_authentication_enabled = true

  vpc_security_group_ids = ["sg-0db00000000000001"]
}

data "aws_iam_policy_document" "logs" {
  statement {
    sid       = "Logs"
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["arn:aws:logs:*:*:log-group:/aws/rds/proxy/*"]
  }
}

module "proxy" {
  source   = "example-modules/rds-proxy/aws"
  version  = "~> 3.1"
  for_each = local.databases

  name                = "${each.key}-proxy"
  engine_family       = local.families[each.value.engine]
  default_auth_scheme = "IAM_AUTH"
  iam_policy_json     = data.aws_iam_policy_document.logs.json

  connect_as = {
    connect = {
      resource_id = module.cluster[each.key].cluster_resource_id
      users       = each.value.users
    }
  }

  vpc_subnet_ids         = ["subnet-0aaa0000000000001", "subnet-0bbb0000000000002"]
  vpc_security_group_ids = ["sg-0aa00000000000002"]

  target_db_cluster     = true
  db_cluster_identifier = module.cluster[each.key].cluster_id
}

data "aws_caller_identity" "current" {}

module "client" {
  source   = "example-modules/iam/aws//modules/iam-role"
  version  = "~> 5.0"
  for_each = local.clients

  name             = each.key
  trusted_services = ["lambda"]

  policy_statements = {
    connect = {
      actions = ["rds-db:connect"]
      resources = [
        "arn:aws:rds-db:us-east-1:${data.aws_caller_identity.current.account_id}:dbuser:${module.proxy[each.value.database].proxy_resource_id}/${each.value.user}",
      ]
    }
  }
}
