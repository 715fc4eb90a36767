terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

provider "aws" {
  region = "eu-west-1"
}
resource "aws_iam_role" "proxy" {
  name               = "proxy"
  assume_role_policy = jsonencode({ Statement = { Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "rds.amazonaws.com" } } })
}

resource "aws_db_proxy" "main" {
  name           = "orders"
  engine_family  = "POSTGRESQL"
  role_arn       = aws_iam_role.proxy.arn
  vpc_subnet_ids = ["subnet-1"]
  require_tls    = false
}

# Neither of the two is a target of the plan.
resource "aws_db_instance" "outside" {
  count          = 2
  identifier     = "orders-${count.index}"
  instance_class = "db.t4g.micro"
}

module "outside" {
  source = "./modules/outside"
}

data "aws_db_instance" "outside" {
  db_instance_identifier = "legacy"
}
