# canary-comment: secrets wherever a configuration may hold one. None reaches any output.

terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
  }
}

provider "aws" {
  region     = "us-east-1"
  access_key = "canary-provider-access"
  secret_key = "canary-provider-secret"

  default_tags {
    tags = { Owner = "canary-default-tag" }
  }
}

variable "master_password" {
  type        = string
  sensitive   = true
  default     = "canary-variable-sensitive"
  description = "canary-variable-description"
}

variable "token" {
  default = "canary-variable-default"
}

variable "from_file" {
  type      = string
  sensitive = true
}

variable "from_auto_file" {
  type = map(string)
}

variable "from_environment" {
  type    = string
  default = ""
}

variable "from_command_line" {
  type    = string
  default = ""
}

locals {
  password = "canary-local" // canary-comment-of-line
  settings = { key = "canary-local-nested", token = var.token }
  url      = "mysql://app:canary-url@${aws_db_proxy.main.endpoint}/orders"
  /* canary-comment-of-block */
}

resource "aws_db_instance" "main" {
  identifier                          = "orders-db"
  engine                              = "mysql"
  engine_version                      = "8.0.40"
  instance_class                      = "db.m6i.large"
  allocated_storage                   = 100
  username                            = "root_admin"
  password                            = "canary-password"
  skip_final_snapshot                 = true
  iam_database_authentication_enabled = false
}

resource "aws_secretsmanager_secret" "app" {
  name        = "orders/app"
  description = "canary-secret-description"
}

resource "aws_secretsmanager_secret_version" "app" {
  secret_id = aws_secretsmanager_secret.app.id
  secret_string = jsonencode({
    username  = "app"
    passwords = ["canary-jsonencode"]
    token     = local.settings.token
  })
}

resource "aws_secretsmanager_secret" "report" {
  name = "orders/report"
}

resource "aws_secretsmanager_secret_version" "report" {
  secret_id     = aws_secretsmanager_secret.report.id
  secret_string = <<-EOT
    {"username": "report", "pass": "canary-heredoc", "other": "${var.from_file}"}
  EOT
}

resource "aws_iam_role" "proxy" {
  name = "proxy"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
  })
}

resource "aws_db_proxy" "main" {
  name           = "orders-proxy"
  engine_family  = "MYSQL"
  require_tls    = false
  role_arn       = aws_iam_role.proxy.arn
  vpc_subnet_ids = ["subnet-0aaa0000000000001", "subnet-0bbb0000000000002"]

  auth {
    description = "canary-auth-description"
    iam_auth    = "REQUIRED"
    secret_arn  = aws_secretsmanager_secret.app.arn
  }

  auth {
    iam_auth   = "REQUIRED"
    secret_arn = aws_secretsmanager_secret.report.arn
  }
}

resource "aws_db_proxy_target" "main" {
  db_proxy_name          = aws_db_proxy.main.name
  target_group_name      = "default"
  db_instance_identifier = aws_db_instance.main.identifier
}

resource "aws_iam_role" "orders" {
  name = "orders"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
  tags = { Token = "canary-tag" }
}

resource "aws_iam_role_policy" "orders_connect" {
  role   = aws_iam_role.orders.name
  policy = <<EOF
{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "rds-db:connect",
      "Resource": "arn:aws:rds-db:us-east-1:123456789012:dbuser:${aws_db_proxy.main.name}/app"
    }
  ]
}
EOF
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = aws_iam_role.orders.arn
  runtime       = "nodejs20.x"
  handler       = "index.handler"
  filename      = "orders.zip"

  environment {
    variables = {
      DB_HOST     = aws_db_proxy.main.endpoint
      DB_USER     = "app"
      DB_PASSWORD = "canary-environment"
      DB_URL      = local.url
      TOKEN       = var.from_auto_file["token"]
    }
  }
}

resource "aws_ecs_task_definition" "orders" {
  family        = "orders"
  task_role_arn = aws_iam_role.orders.arn
  container_definitions = jsonencode([{
    name        = "orders"
    image       = "orders:1"
    command     = ["--password=canary-command"]
    environment = [{ name = "DB_HOST", value = aws_db_proxy.main.endpoint }, { name = "KEY", value = "canary-container" }]
  }])
}

resource "aws_instance" "bastion" {
  ami           = "ami-0aaaaaaaaaaaaaaaa"
  instance_type = "t3.micro"
  user_data     = <<-EOT
    #!/bin/sh
    export MYSQL_PWD=canary-user-data ROOT=${local.password}
  EOT
}

module "reports" {
  source         = "./modules/database"
  name           = "reports"
  password       = "canary-module-argument"
  admin_password = var.master_password
}

output "password" {
  value     = "canary-output"
  sensitive = true
}
