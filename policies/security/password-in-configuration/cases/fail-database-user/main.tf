# A user inside of the database.

terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
    postgresql = { source = "cyrilgdn/postgresql" }
  }
}

provider "aws" {
  region = "us-east-1"
}

provider "postgresql" {
  host     = "orders.abcdefghijkl.us-east-1.rds.amazonaws.com"
  username = "root_admin"
}

resource "postgresql_role" "app" {
  name     = "app"
  login    = true
  password = "canary-role-password"
}
