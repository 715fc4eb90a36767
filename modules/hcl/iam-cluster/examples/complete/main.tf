provider "aws" {
  region = local.region
}

locals {
  name   = "orders"
  region = "us-east-1"
  tags   = { Example = "iam-cluster" }
}

################################################################################
# What is around it
################################################################################

resource "aws_vpc" "this" {
  cidr_block           = "10.20.0.0/16"
  enable_dns_hostnames = true

  tags = merge(local.tags, { Name = local.name })
}

resource "aws_subnet" "private" {
  for_each = { a = 0, b = 1 }

  vpc_id            = aws_vpc.this.id
  availability_zone = "${local.region}${each.key}"
  cidr_block        = cidrsubnet(aws_vpc.this.cidr_block, 8, each.value)

  tags = merge(local.tags, { Name = "${local.name}-${each.key}" })
}

resource "aws_security_group" "service" {
  name_prefix = "${local.name}-service-"
  description = "The service ${local.name}"
  vpc_id      = aws_vpc.this.id

  tags = merge(local.tags, { Name = "${local.name}-service" })

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_egress_rule" "service" {
  security_group_id            = aws_security_group.service.id
  description                  = "To the database"
  referenced_security_group_id = module.database.security_group_id
  ip_protocol                  = "tcp"
  from_port                    = module.database.port
  to_port                      = module.database.port

  tags = local.tags
}

data "aws_iam_policy_document" "service" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "service" {
  name               = "${local.name}-service"
  assume_role_policy = data.aws_iam_policy_document.service.json

  tags = local.tags
}

resource "aws_iam_group" "analysts" {
  name = "${local.name}-analysts"
}

################################################################################
# The database
################################################################################

module "database" {
  source = "../.."

  name           = local.name
  engine         = "aurora-mysql"
  engine_version = "8.0.mysql_aurora.3.08.0"
  instance_class = "db.serverless"
  instances      = { one = {}, two = { promotion_tier = 15 } }
  database_name  = local.name

  serverlessv2_scaling = { min_capacity = 0.5, max_capacity = 4 }

  parameters  = [{ name = "max_connections", value = "500" }]
  log_exports = ["error"]

  master_user_secret_rotation_days = 14

  vpc_id     = aws_vpc.this.id
  subnet_ids = [for subnet in aws_subnet.private : subnet.id]

  allowed_security_group_ids = { service = aws_security_group.service.id }
  allowed_cidr_blocks        = { office = "10.30.0.0/16" }

  grants = [
    { role = aws_iam_role.service.name, user = "app" },
    { group_name = aws_iam_group.analysts.name, user = "reports" },
  ]

  tags = local.tags
}
