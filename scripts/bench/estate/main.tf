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

locals {
  environment = "production"
}

module "service" {
  source      = "./service"
  name        = "orders"
  environment = local.environment
  subnet_ids  = ["subnet-0aaa0000000000001", "subnet-0bbb0000000000002"]
  vpc_id      = "vpc-0123456789abcdef0"
}
