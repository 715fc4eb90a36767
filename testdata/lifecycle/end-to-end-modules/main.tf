# Aurora PostgreSQL behind proxies in end-to-end IAM mode, one for each kind of client, in a module; policies by
# jsonencode, clients by count. The update turns IAM authentication off.

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

resource "aws_rds_cluster" "main" {
  cluster_identifier                  = "orders-db"
  engine                              = "aurora-postgresql"
  engine_version                      = "16.4"
  database_name                       = "orders"
  master_username                     = "root_admin"
  master_password                     = "canary-master-9f2c"
  skip_final_snapshot                 = true
  iam_database_authentication_enabled = true
}

resource "aws_rds_cluster_instance" "main" {
  count              = 2
  cluster_identifier = aws_rds_cluster.main.id
  identifier         = "orders-db-${count.index}"
  engine             = aws_rds_cluster.main.engine
  instance_class     = "db.r6g.large"
}

module "proxy" {
  source   = "./modules/proxy"
  for_each = { web = "app", batch = "jobs" }

  name    = "orders-${each.key}"
  user    = each.value
  cluster = aws_rds_cluster.main
}

variable "clients" {
  type    = list(string)
  default = ["orders", "billing"]
}

resource "aws_iam_role" "client" {
  count = length(var.clients)

  name = var.clients[count.index]
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "connect" {
  count = length(var.clients)

  name = "connect"
  role = aws_iam_role.client[count.index].name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "rds-db:connect"
      Resource = "arn:aws:rds-db:us-east-1:123456789012:dbuser:${module.proxy["web"].resource_id}/app"
    }]
  })
}
