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

provider "aws" {
  alias  = "data"
  region = "eu-central-1"
}

variable "tags" {
  type    = map(string)
  default = {}
}

module "stack" {
  source = "./modules/stack"

  providers = {
    aws = aws.data
  }

  name = "billing"
  clients = {
    invoices = { user = "app", service = "ecs-tasks" }
  }
  tags = merge({ Team = "billing" }, var.tags)
}
