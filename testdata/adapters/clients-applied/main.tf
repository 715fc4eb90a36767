terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

provider "aws" {
  region = "eu-west-1"
}

resource "aws_iam_role" "orders" {
  name               = "orders"
  assume_role_policy = jsonencode({ Statement = [] })
}

resource "aws_security_group" "orders" {}

resource "aws_db_instance" "orders" {
  identifier        = "orders"
  engine            = "mysql"
  instance_class    = "db.t4g.micro"
  allocated_storage = 20
}

resource "aws_route53_record" "orders" {
  zone_id = "Z1"
  name    = "orders.internal.example.com"
  type    = "CNAME"
  ttl     = 60
  records = [aws_db_instance.orders.address]
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = aws_iam_role.orders.arn

  vpc_config {
    security_group_ids = [aws_security_group.orders.id]
    subnet_ids         = ["subnet-1"]
  }

  environment {
    variables = {
      DB_HOST     = aws_route53_record.orders.name
      DB_PORT     = "3306"
      DB_PASSWORD = "canary-password"
    }
  }
}

resource "aws_lambda_function" "outside" {
  function_name = "outside"
  role          = aws_iam_role.orders.arn
}

resource "aws_ecs_task_definition" "orders" {
  family        = "orders"
  task_role_arn = aws_iam_role.orders.arn
  container_definitions = jsonencode([{
    name  = "app"
    image = "app"
    environment = [
      { name = "DB_URL", value = "mysql://app:canary-url@orders.c1.eu-west-1.rds.amazonaws.com:3306/orders" },
    ]
  }])
}

resource "aws_ecs_service" "orders" {
  name            = "orders"
  task_definition = aws_ecs_task_definition.orders.arn

  network_configuration {
    subnets         = ["subnet-1"]
    security_groups = [aws_security_group.orders.id]
  }
}

resource "aws_iam_instance_profile" "orders" {
  name = "orders"
  role = aws_iam_role.orders.name
}

resource "aws_instance" "orders" {
  iam_instance_profile   = aws_iam_instance_profile.orders.name
  vpc_security_group_ids = [aws_security_group.orders.id]
  subnet_id              = "subnet-1"
}

resource "aws_instance" "bare" {}
