# The proxies of `before`, moved: from count to for_each, and with their module. A third one is new.

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

moved {
  from = aws_db_proxy.orders[0]
  to   = aws_db_proxy.by_name["orders"]
}

moved {
  from = module.old
  to   = module.proxies["billing"]
}

resource "aws_db_proxy" "by_name" {
  for_each = toset(["orders"])

  name                   = "${each.key}-proxy"
  engine_family          = "MYSQL"
  role_arn               = "arn:aws:iam::123456789012:role/orders-proxy"
  vpc_subnet_ids         = ["subnet-0aaa0000000000001", "subnet-0bbb0000000000002"]
  vpc_security_group_ids = ["sg-0aa00000000000002"]

  auth {
    auth_scheme = "SECRETS"
    iam_auth    = "REQUIRED"
    secret_arn  = "arn:aws:secretsmanager:us-east-1:123456789012:secret:orders/app-Ab12Cd"
  }
}

module "proxies" {
  for_each = toset(["billing"])

  source = "./modules/proxy"
  name   = "billing-proxy"
}

resource "aws_db_proxy" "fresh" {
  name                   = "fresh-proxy"
  engine_family          = "MYSQL"
  role_arn               = "arn:aws:iam::123456789012:role/orders-proxy"
  vpc_subnet_ids         = ["subnet-0aaa0000000000001", "subnet-0bbb0000000000002"]
  vpc_security_group_ids = ["sg-0aa00000000000002"]

  auth {
    auth_scheme = "SECRETS"
    iam_auth    = "REQUIRED"
    secret_arn  = "arn:aws:secretsmanager:us-east-1:123456789012:secret:orders/app-Ab12Cd"
  }
}
