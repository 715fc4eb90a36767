# An ECS service that connects to the database directly; container definitions after apply.

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

resource "aws_security_group" "database" {
  name   = "database"
  vpc_id = "vpc-0123456789abcdef0"
}

resource "aws_security_group" "orders" {
  name   = "orders"
  vpc_id = "vpc-0123456789abcdef0"
}

resource "aws_vpc_security_group_egress_rule" "orders_to_database" {
  security_group_id            = aws_security_group.orders.id
  referenced_security_group_id = aws_security_group.database.id
  ip_protocol                  = "tcp"
  from_port                    = 3306
  to_port                      = 3306
}

resource "aws_db_instance" "main" {
  identifier                          = "orders-db"
  engine                              = "mysql"
  engine_version                      = "8.0.40"
  instance_class                      = "db.m6i.large"
  allocated_storage                   = 100
  username                            = "root_admin"
  manage_master_user_password         = true
  iam_database_authentication_enabled = true
  skip_final_snapshot                 = true
  vpc_security_group_ids              = [aws_security_group.database.id]
}

resource "aws_iam_role" "orders" {
  name = "orders"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
}

data "aws_iam_policy_document" "orders_connect" {
  statement {
    actions   = ["rds-db:connect"]
    resources = ["arn:aws:rds-db:us-east-1:123456789012:dbuser:${aws_db_instance.main.resource_id}/app"]
  }
}

resource "aws_iam_role_policy" "orders_connect" {
  name   = "orders-connect"
  role   = aws_iam_role.orders.name
  policy = data.aws_iam_policy_document.orders_connect.json
}

resource "aws_ecs_task_definition" "orders" {
  family                   = "orders"
  network_mode             = "awsvpc"
  requires_compatibilities = ["FARGATE"]
  cpu                      = 256
  memory                   = 512
  task_role_arn            = aws_iam_role.orders.arn
  container_definitions = jsonencode([{
    name        = "orders"
    image       = "orders:1"
    environment = [{ name = "DB_HOST", value = aws_db_instance.main.address }]
  }])
}

resource "aws_ecs_service" "orders" {
  name            = "orders"
  cluster         = "orders"
  task_definition = aws_ecs_task_definition.orders.arn

  network_configuration {
    subnets         = ["subnet-0aaa0000000000001", "subnet-0bbb0000000000002"]
    security_groups = [aws_security_group.orders.id]
  }
}
