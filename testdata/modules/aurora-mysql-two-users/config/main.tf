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
  region = var.region
}

variable "region" {
  type    = string
  default = "eu-west-1"
}

variable "users" {
  description = "Who logs in through the proxy, and how"
  type = map(object({
    password = string
    iam      = optional(bool, true)
    role     = optional(string)
  }))
  default = {
    app     = { password = "canary-app-71aa", role = "orders" }
    billing = { password = "canary-billing-03be", iam = false }
  }
}

module "cluster" {
  source  = "example-modules/rds-aurora/aws"
  version = "~> 9.0"

  name            = "shop"
  engine          = "aurora-mysql"
  engine_version  = "8.0.mysql_aurora.3.08.0"
  database_name   = "shop"
  master_username = "root_admin"

  vpc_security_group_ids              = ["sg-0db00000000000001"]
  iam_database_authentication_enabled = false

  instances = {
    one = {}
    two = { instance_class = "db.r6g.xlarge", promotion_tier = 1 }
  }
}

module "platform" {
  source = "./modules/platform"

  name               = "shop"
  users              = var.users
  cluster_identifier = module.cluster.cluster_id
  subnet_ids         = ["subnet-0aaa0000000000001", "subnet-0bbb0000000000002"]
  security_group_ids = ["sg-0aa00000000000002"]
}

locals {
  iam_users = { for name, user in var.users : name => user if user.iam && user.role != null }
}

module "role" {
  source   = "example-modules/iam/aws//modules/iam-role"
  version  = "~> 5.0"
  for_each = local.iam_users

  name             = "shop-${each.value.role}"
  trusted_services = ["ecs-tasks"]

  policy_statements = {
    connect = {
      actions   = ["rds-db:connect"]
      resources = [for id in [module.platform.proxy_resource_id] : "arn:aws:rds-db:${var.region}:${data.aws_caller_identity.current.account_id}:dbuser:${id}/${each.key}"]
    }
  }
}

data "aws_caller_identity" "current" {}
