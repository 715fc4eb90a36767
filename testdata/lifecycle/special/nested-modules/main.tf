# Modules three deep: the database is made in the second, and goes as a whole object through variables to the proxy and
# to the grant in the third.

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

module "platform" {
  source = "./modules/platform"

  settings = {
    name = "orders"
    iam  = true
    tls  = true
    user = "app"
  }
}

output "proxy_resource_id" {
  value = module.platform.proxy_resource_id
}
