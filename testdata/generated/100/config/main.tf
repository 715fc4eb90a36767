terraform {
  required_version = ">= 1.5"

  required_providers {
    aws = {
      source = "hashicorp/aws"
      version = "~> 6.0"
    }
  }
}

provider "aws" {
  region = "us-east-1"
}

resource "aws_db_instance" "main" {
  identifier = "orders-db"
  instance_class = "db.m6i.large"
  allocated_storage = 100
  storage_encrypted = true
  username = "root_admin"
  password = "canary-master-9f2c"
  engine = "mariadb"
  engine_version = "10.11.10"
  vpc_security_group_ids = ["sg-0db00000000000001"]
  skip_final_snapshot = true
}

module "secret" {
  source = "./modules/secret"
  for_each = { app = { username = "app", password = "canary-app-71aa" }, batch = { username = "batch", password = "canary-batch-71aa" } }
  name = each.key
  content = each.value
}

resource "aws_iam_role" "proxy" {
  name = "proxy"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "rds.amazonaws.com" } }] })
}

resource "aws_iam_role_policy" "proxy_access" {
  name = "proxy_access"
  role = aws_iam_role.proxy.id
  policy = jsonencode({ Version = "2012-10-17", Statement = concat([{ Effect = "Allow", Action = ["secretsmanager:GetSecretValue"], Resource = [module.secret["app"].arn, module.secret["batch"].arn] }], [{ Effect = "Allow", Action = ["logs:PutLogEvents"], Resource = ["*"] }]) })
}

module "proxy" {
  source = "./modules/proxy"
  role_arn = aws_iam_role.proxy.arn
  security_group_ids = ["sg-0aa00000000000002"]
  secrets = { app = { arn = module.secret["app"].arn, mode = "REQUIRED" }, batch = { arn = module.secret["batch"].arn, mode = "REQUIRED" } }
  database = aws_db_instance.main.identifier
}

resource "aws_iam_user" "orders" {
  name = "orders"
}

data "aws_iam_policy_document" "orders_connect" {
  statement {
    effect    = "Allow"
    actions   = ["rds-db:connect"]
    resources = flatten([[format("arn:aws:rds-db:%s:%s:dbuser:%s/%s", "us-east-1", "123456789012", element(split(":", one([module.proxy.arn])), length(split(":", module.proxy.arn)) - 1), "app")], []])
  }
}

module "orders_connect" {
  source = "./modules/policy"
  name = "orders_connect"
  policy = data.aws_iam_policy_document.orders_connect.json
}

resource "aws_iam_user_policy_attachment" "orders_connect" {
  user = aws_iam_user.orders.name
  policy_arn = module.orders_connect.arn
}

resource "aws_iam_role" "reporting" {
  name = "reporting"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }] })
}

data "aws_iam_policy_document" "reporting_connect" {
  statement {
    effect    = "Allow"
    actions   = ["rds-db:connect"]
    resources = [for arn in [format("arn:aws:rds-db:%s:%s:dbuser:%s/%s", "us-east-1", "123456789012", aws_db_instance.main.resource_id, "reporting")] : arn]
  }
}

resource "aws_iam_role_policy" "reporting_connect" {
  name = "reporting_connect"
  role = aws_iam_role.reporting.id
  policy = data.aws_iam_policy_document.reporting_connect.json
}

resource "aws_iam_role" "worker" {
  name = "worker"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }] })
}

module "worker_connect" {
  source = "./modules/policy"
  name = "worker_connect"
  policy = length("on") > 0 ? jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "rds-db:connect", Resource = format("arn:aws:rds-db:%s:%s:dbuser:%s/%s", "us-east-1", "123456789012", element(split(":", one([module.proxy.arn])), length(split(":", module.proxy.arn)) - 1), "app") }] }) : null
}

resource "aws_iam_role_policy_attachment" "worker_connect" {
  role = aws_iam_role.worker.name
  policy_arn = module.worker_connect.arn
}
