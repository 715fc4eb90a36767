# The password goes through a module.

terraform {
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

module "orders" {
  source   = "./modules/database"
  password = "canary-module-password"
}
