# moved blocks: the instance goes into a module, the proxy into for_each, and the target follows it.

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

module "database" {
  source = "./modules/database"
}

moved {
  from = aws_db_instance.main
  to   = module.database.aws_db_instance.this
}

moved {
  from = aws_db_proxy.main
  to   = aws_db_proxy.by_name["orders"]
}

moved {
  from = aws_db_proxy_target.main
  to   = aws_db_proxy_target.by_name["orders"]
}

resource "aws_db_proxy" "by_name" {
  for_each = toset(["orders"])

  name                   = "${each.key}-proxy"
  engine_family          = "MYSQL"
  require_tls            = true
  role_arn               = "arn:aws:iam::123456789012:role/orders-proxy"
  vpc_subnet_ids         = ["subnet-0aaa0000000000001", "subnet-0bbb0000000000002"]
  vpc_security_group_ids = ["sg-0aa00000000000002"]

  auth {
    auth_scheme = "SECRETS"
    iam_auth    = "REQUIRED"
    secret_arn  = "arn:aws:secretsmanager:us-east-1:123456789012:secret:orders/app-Ab12Cd"
  }
}

resource "aws_db_proxy_target" "by_name" {
  for_each = aws_db_proxy.by_name

  db_proxy_name          = each.value.name
  target_group_name      = "default"
  db_instance_identifier = module.database.identifier
}
