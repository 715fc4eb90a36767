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

# One module, called twice with different inputs, and a third time for each tenant.

module "orders" {
  source = "./modules/database"

  name = "orders"
}

module "billing" {
  source = "./modules/database"

  name        = "billing"
  require_tls = false
}

locals {
  tenants = {
    east = { grant_names = "resource-id" }
    west = { grant_names = "name" }
  }
}

module "tenant" {
  source   = "./modules/tenant"
  for_each = local.tenants

  name        = "tenant-${each.key}"
  grant_names = each.value.grant_names
}
