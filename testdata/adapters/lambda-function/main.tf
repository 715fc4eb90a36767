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

resource "aws_iam_role" "a" {
  assume_role_policy = "{}"
}

resource "aws_security_group" "a" {}

resource "aws_db_instance" "a" {
  instance_class = "db.t4g.micro"
}

resource "aws_db_proxy" "a" {
  name           = "a"
  engine_family  = "MYSQL"
  role_arn       = aws_iam_role.a.arn
  vpc_subnet_ids = ["subnet-1"]
}

resource "aws_secretsmanager_secret" "a" {}

resource "aws_route53_record" "a" {
  zone_id = "Z1"
  name    = "Orders.internal.example.com."
  type    = "CNAME"
  records = ["elsewhere"]
}

# Without its zone it might be any word.
resource "aws_route53_record" "short" {
  zone_id = "Z1"
  name    = "canary-short"
  type    = "CNAME"
  records = ["elsewhere"]
}

resource "aws_lambda_function" "empty" {
  function_name = "empty"
  role          = "arn:aws:iam::123456789012:role/empty"
}

resource "aws_lambda_function" "unknown" {
  function_name = "unknown"
  role          = terraform_data.later.output

  vpc_config {
    security_group_ids = [terraform_data.later.output]
    subnet_ids         = toset([terraform_data.later.output])
  }

  environment {
    variables = { (terraform_data.later.output) = "canary-value" }
  }
}

locals {
  names = { DB_PORT = terraform_data.later.output, DB_HOST = terraform_data.later.output }
}

resource "aws_lambda_function" "local" {
  function_name = "local"
  role          = aws_iam_role.a.arn

  environment {
    variables = local.names
  }
}

resource "aws_lambda_function" "reference" {
  function_name = "reference"
  role          = aws_iam_role.a.arn

  vpc_config {
    security_group_ids = [aws_security_group.a.id, "sg-1"]
    subnet_ids         = ["subnet-1"]
  }

  environment {
    variables = {
      DB_HOST     = aws_db_proxy.a.endpoint
      DB_ARN      = aws_db_instance.a.arn
      DNS         = aws_route53_record.a.fqdn
      DB_PORT     = aws_db_instance.a.port
      ROLE        = aws_iam_role.a.arn
      SECRET      = aws_secretsmanager_secret.a.arn
      DB_PASSWORD = "canary-password"
      API_PORT    = "8080"
    }
  }
}

# Not in a VPC: both lists are empty.
resource "aws_lambda_function" "outside" {
  function_name = "outside"
  role          = aws_iam_role.a.arn

  vpc_config {
    security_group_ids = []
    subnet_ids         = []
  }
}

resource "aws_lambda_function" "dynamic" {
  function_name = "dynamic"
  role          = aws_iam_role.a.arn

  dynamic "vpc_config" {
    for_each = [1]
    content {
      security_group_ids = [aws_security_group.a.id]
      subnet_ids         = ["subnet-1"]
    }
  }

  dynamic "environment" {
    for_each = [1]
    content {
      variables = { DB_HOST = aws_db_proxy.a.endpoint }
    }
  }
}

resource "aws_lambda_function" "dynamic_unknown" {
  function_name = "dynamic-unknown"
  role          = aws_iam_role.a.arn

  dynamic "vpc_config" {
    for_each = toset([for one in [terraform_data.later.output] : one if one != ""])
    content {
      security_group_ids = ["sg-1"]
      subnet_ids         = ["subnet-1"]
    }
  }

  dynamic "environment" {
    for_each = [for one in [terraform_data.later.output] : one if one != ""]
    content {
      variables = { DB_PORT = "5432" }
    }
  }
}

# What is a host of RDS, or a DNS record in view; of everything else nothing.
resource "aws_lambda_function" "known" {
  function_name = "known"
  role          = aws_iam_role.a.arn

  environment {
    variables = {
      A_HOST     = "orders.cluster-c1.eu-west-1.rds.amazonaws.com"
      A_PORT     = "3306"
      AGAIN      = "orders.cluster-c1.eu-west-1.rds.amazonaws.com"
      BEIJING    = "orders.c1.rds.cn-north-1.amazonaws.com.cn"
      CHINA      = "orders.c2.cn-north-1.rds.amazonaws.com.cn:5433"
      DNS        = "orders.internal.example.com"
      DSN        = "app:canary-dsn@tcp(dsn.c1.eu-west-1.rds.amazonaws.com:3307)/orders"
      DATABASE   = "postgres://app:canary-url@url.c1.eu-west-1.rds.amazonaws.com:5432/canary-database?password=canary-query"
      HOSTS      = "postgresql://app:canary-many@one.c1.eu-west-1.rds.amazonaws.com:5434,two.c1.eu-west-1.rds.amazonaws.com/orders"
      JDBC       = "jdbc:mysql://jdbc.c1.eu-west-1.rds.amazonaws.com/orders?user=app&password=canary-jdbc"
      OTHER_URL  = "https://user:canary-other@example.com:444/"
      PASSWORD   = "canary-password"
      PORT       = "08080"
      SHORT      = "canary-short"
      LOOKS_LIKE = "canary-prefix x.c1.eu-west-1.rds.amazonaws.com"
      AIRPORT    = "1111"
      NAMED_PORT = "canary-port"
      HUGE_PORT  = "99999"
    }
  }
}

variable "password" {
  type      = string
  sensitive = true
  default   = "canary-sensitive.c1.eu-west-1.rds.amazonaws.com"
}

resource "aws_lambda_function" "sensitive" {
  function_name = "sensitive"
  role          = aws_iam_role.a.arn

  environment {
    variables = {
      HOST = var.password
      PORT = "5432"
    }
  }
}

data "aws_lambda_function" "read" {
  function_name = "read"
}

data "aws_lambda_function" "later" {
  function_name = terraform_data.later.output
}

# Read what is managed here, and are no further clients.
data "aws_lambda_function" "same" {
  function_name = aws_lambda_function.empty.function_name
}

data "aws_lambda_function" "same_later" {
  function_name = aws_lambda_function.empty.arn
}
