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
  name = "orders"
  azs  = ["us-east-1a", "us-east-1b"]

  users = {
    app      = { password = "canary-app-71aa" }
    readonly = { password = "canary-readonly-28fd", extra = { dbname = "orders" } }
  }

  clients = {
    orders = { users = ["app", "readonly"] }
    viewer = { users = ["readonly"] }
  }

  tags = {
    Project = local.name
  }
}

module "vpc" {
  source = "../../library/vpc"

  name             = local.name
  cidr             = "10.20.0.0/16"
  azs              = local.azs
  database_subnets = [for index, az in local.azs : cidrsubnet("10.20.0.0/16", 8, index)]

  tags = local.tags
}

resource "aws_security_group" "app" {
  name   = "${local.name}-app"
  vpc_id = module.vpc.vpc_id
}

resource "aws_vpc_security_group_egress_rule" "app_to_proxy" {
  security_group_id            = aws_security_group.app.id
  referenced_security_group_id = module.proxy_security_group.security_group_id
  ip_protocol                  = "tcp"
  from_port                    = 5432
  to_port                      = 5432
}

module "proxy_security_group" {
  source = "../../library/security-group"

  name           = "${local.name}-proxy"
  vpc_id         = module.vpc.vpc_id
  services       = { postgres = 5432 }
  allowed_groups = { app = aws_security_group.app.id }
  egress = {
    database = {
      protocol  = "tcp"
      from_port = 5432
      group     = module.database_security_group.security_group_id
    }
  }

  tags = local.tags
}

module "database_security_group" {
  source = "../../library/security-group"

  name   = "${local.name}-database"
  vpc_id = module.vpc.vpc_id

  tags = local.tags
}

resource "aws_vpc_security_group_ingress_rule" "database_from_proxy" {
  security_group_id            = module.database_security_group.security_group_id
  referenced_security_group_id = module.proxy_security_group.security_group_id
  ip_protocol                  = "tcp"
  from_port                    = 5432
  to_port                      = 5432
}

module "database" {
  source = "../../library/rds"

  identifier             = "${local.name}-db"
  engine                 = "postgres"
  engine_version         = "16.4"
  username               = "root_admin"
  db_subnet_group_name   = module.vpc.database_subnet_group_name
  vpc_security_group_ids = [module.database_security_group.security_group_id]

  iam_database_authentication_enabled = true

  tags = local.tags
}

module "secrets" {
  source = "../../library/secrets"

  prefix = local.name
  users  = local.users

  tags = local.tags
}

module "proxy" {
  source = "../../library/rds-proxy"

  name                   = "${local.name}-proxy"
  engine_family          = "POSTGRESQL"
  vpc_subnet_ids         = module.vpc.database_subnets
  vpc_security_group_ids = [module.proxy_security_group.security_group_id]

  auth = {
    for user, arn in module.secrets.arns : user => {
      iam_auth   = "REQUIRED"
      secret_arn = arn
    }
  }

  target_db_instance     = true
  db_instance_identifier = module.database.db_instance_identifier

  tags = local.tags
}

module "client_role" {
  source   = "../../library/iam/modules/iam-role"
  for_each = local.clients

  name             = "${local.name}-${each.key}"
  trusted_services = ["ecs-tasks"]

  tags = local.tags
}

module "client_access" {
  source   = "../../library/db-access"
  for_each = local.clients

  name      = each.key
  endpoints = { proxy = module.proxy.proxy_resource_id }
  users     = each.value.users
  roles     = [module.client_role[each.key].name]

  tags = local.tags
}

# Reports are made past the proxy.
data "aws_caller_identity" "current" {}

module "reporting_role" {
  source = "../../library/iam/modules/iam-role"

  name             = "${local.name}-reporting"
  trusted_services = ["ecs-tasks", "lambda"]
  policies         = { connect = module.reporting_policy.arn }
}

module "reporting_policy" {
  source = "../../library/iam/modules/iam-policy"

  name = "${local.name}-reporting"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [for user in ["reporting"] : {
      Sid      = title(user)
      Effect   = "Allow"
      Action   = "rds-db:connect"
      Resource = "arn:aws:rds-db:us-east-1:${data.aws_caller_identity.current.account_id}:dbuser:${module.database.db_instance_resource_id}/${user}"
    }]
  })
}
