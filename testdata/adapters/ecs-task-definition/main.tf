terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

provider "aws" {
  region = "eu-west-1"
}

# Its output is known after apply.
resource "terraform_data" "later" {
  input = "later"
}

resource "aws_iam_role" "task" {
  assume_role_policy = "{}"
}

resource "aws_iam_role" "execution" {
  assume_role_policy = "{}"
}

resource "aws_security_group" "a" {}

resource "aws_db_proxy" "a" {
  name           = "a"
  engine_family  = "MYSQL"
  role_arn       = "arn:aws:iam::123456789012:role/proxy"
  vpc_subnet_ids = ["subnet-1"]
}

resource "aws_ecs_task_definition" "empty" {
  family                = "empty"
  container_definitions = "[]"
}

resource "aws_ecs_task_definition" "unknown" {
  family                = terraform_data.later.output
  task_role_arn         = terraform_data.later.output
  execution_role_arn    = terraform_data.later.output
  container_definitions = terraform_data.later.output
}

resource "aws_ecs_task_definition" "reference" {
  family             = "reference"
  network_mode       = "awsvpc"
  task_role_arn      = aws_iam_role.task.arn
  execution_role_arn = aws_iam_role.execution.arn
  container_definitions = jsonencode([{
    name        = "app"
    image       = "app"
    environment = [{ name = "DB_HOST", value = aws_db_proxy.a.endpoint }]
  }])
}

resource "aws_ecs_service" "reference" {
  name            = "reference"
  task_definition = aws_ecs_task_definition.reference.arn

  network_configuration {
    subnets         = ["subnet-1"]
    security_groups = [aws_security_group.a.id]
  }
}

resource "aws_ecs_task_definition" "known" {
  family = "known"
  container_definitions = jsonencode([
    {
      name  = "app"
      image = "canary-image"
      environment = [
        { name = "DB_HOST", value = "orders.c1.eu-west-1.rds.amazonaws.com" },
        { name = "DB_PORT", value = "3306" },
        { name = "DB_PASSWORD", value = "canary-password" },
      ]
    },
    {
      name        = "sidecar"
      image       = "sidecar"
      environment = [{ name = "DATABASE_URL", value = "mysql://app:canary-url@report.c1.eu-west-1.rds.amazonaws.com:3307/orders" }]
    },
  ])
}

# Two services, each with groups of its own.
resource "aws_ecs_service" "known_one" {
  name            = "known-one"
  task_definition = "known"

  network_configuration {
    subnets         = ["subnet-1"]
    security_groups = ["sg-1"]
  }
}

resource "aws_ecs_service" "known_two" {
  name            = "known-two"
  task_definition = "arn:aws:ecs:eu-west-1:123456789012:task-definition/known:7"

  network_configuration {
    subnets         = ["subnet-2"]
    security_groups = ["sg-2"]
  }
}

resource "aws_ecs_task_definition" "secrets" {
  family = "secrets"
  container_definitions = jsonencode([{
    name  = "app"
    image = "app"
    secrets = [
      { name = "DB_PASSWORD", valueFrom = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:canary" },
      { name = "DB_PORT", valueFrom = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:canary:port::" },
    ]
  }])
}

# Bridge mode: its traffic has the groups of the machine.
resource "aws_ecs_service" "secrets" {
  name            = "secrets"
  task_definition = "${aws_ecs_task_definition.secrets.family}:${aws_ecs_task_definition.secrets.revision}"
}

resource "aws_ecs_task_definition" "no_json" {
  family                = "no-json"
  container_definitions = file("${path.module}/main.tf")
}

# A group that nothing names is the default one of the VPC.
resource "aws_ecs_service" "no_json" {
  name            = "no-json"
  task_definition = data.aws_ecs_task_definition.no_json.arn

  network_configuration {
    subnets = ["subnet-1"]
  }
}

# Reads what is managed here.
data "aws_ecs_task_definition" "no_json" {
  task_definition = aws_ecs_task_definition.no_json.family
}

resource "aws_ecs_task_definition" "each" {
  for_each              = toset(["one", "two"])
  family                = each.key
  container_definitions = "[]"
}

resource "aws_ecs_service" "each" {
  for_each        = toset(["one", "two"])
  name            = each.key
  task_definition = aws_ecs_task_definition.each[each.key].arn

  network_configuration {
    subnets         = ["subnet-1"]
    security_groups = ["sg-${each.key}"]
  }
}

# Which of the two is not in the plan.
resource "aws_ecs_service" "either" {
  name            = "either"
  task_definition = values(aws_ecs_task_definition.each)[0].arn

  network_configuration {
    subnets         = ["subnet-1"]
    security_groups = ["sg-either"]
  }
}

data "aws_ecs_task_definition" "elsewhere" {
  task_definition = "elsewhere"
}

data "aws_ecs_task_definition" "later" {
  task_definition = terraform_data.later.output
}
