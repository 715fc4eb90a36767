# A module whose default leaves it off, and a call that says nothing of it.

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
  source     = "./modules/database"
  identifier = "orders"
}
