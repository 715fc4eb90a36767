# Two hundred ways in: eight teams, each with a database, a proxy, three users, and eight services that log in as all of them.

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

locals {
  teams    = toset(["billing", "catalog", "fulfilment", "identity", "ledger", "orders", "pricing", "search"])
  users    = ["app", "jobs", "reports"]
  services = ["admin", "api", "consumer", "exporter", "importer", "scheduler", "webhooks", "worker"]

  secrets = { for pair in setproduct(local.teams, local.users) : "${pair[0]}/${pair[1]}" => { team = pair[0], user = pair[1] } }
  roles   = { for pair in setproduct(local.teams, local.services) : "${pair[0]}-${pair[1]}" => { team = pair[0], service = pair[1] } }
}

resource "aws_db_instance" "team" {
  for_each = local.teams

  identifier                          = each.key
  engine                              = "postgres"
  engine_version                      = "16.4"
  instance_class                      = "db.m6i.large"
  allocated_storage                   = 100
  username                            = "${each.key}_admin"
  manage_master_user_password         = true
  iam_database_authentication_enabled = true
  skip_final_snapshot                 = true
}

resource "aws_secretsmanager_secret" "user" {
  for_each = local.secrets
  name     = each.key
}

resource "aws_secretsmanager_secret_version" "user" {
  for_each  = local.secrets
  secret_id = aws_secretsmanager_secret.user[each.key].id
  secret_string = jsonencode({
    username = each.value.user
    password = "canary-${each.value.team}-${each.value.user}"
  })
}

resource "aws_iam_role" "proxy" {
  for_each = local.teams
  name     = "${each.key}-proxy"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "rds.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "proxy_secrets" {
  for_each = local.teams
  name     = "secrets"
  role     = aws_iam_role.proxy[each.key].name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "secretsmanager:GetSecretValue"
      Resource = [for user in local.users : aws_secretsmanager_secret.user["${each.key}/${user}"].arn]
    }]
  })
}

# The proxy of search does not require TLS, which IAM needs.
resource "aws_db_proxy" "team" {
  for_each = local.teams

  name           = each.key
  engine_family  = "POSTGRESQL"
  require_tls    = each.key != "search"
  role_arn       = aws_iam_role.proxy[each.key].arn
  vpc_subnet_ids = ["subnet-0aaa0000000000001", "subnet-0bbb0000000000002"]

  auth {
    auth_scheme = "SECRETS"
    iam_auth    = "REQUIRED"
    secret_arn  = aws_secretsmanager_secret.user["${each.key}/app"].arn
  }
  auth {
    auth_scheme = "SECRETS"
    iam_auth    = "REQUIRED"
    secret_arn  = aws_secretsmanager_secret.user["${each.key}/jobs"].arn
  }
  auth {
    auth_scheme = "SECRETS"
    iam_auth    = "REQUIRED"
    secret_arn  = aws_secretsmanager_secret.user["${each.key}/reports"].arn
  }
}

resource "aws_db_proxy_target" "team" {
  for_each = local.teams

  db_proxy_name          = aws_db_proxy.team[each.key].name
  target_group_name      = "default"
  db_instance_identifier = aws_db_instance.team[each.key].identifier
}

# A second door to the orders database, for reports; nobody in view uses it.
resource "aws_db_proxy_endpoint" "reports" {
  db_proxy_name          = aws_db_proxy.team["orders"].name
  db_proxy_endpoint_name = "reports"
  vpc_subnet_ids         = ["subnet-0aaa0000000000001", "subnet-0bbb0000000000002"]
}

resource "aws_iam_role" "service" {
  for_each = local.roles
  name     = each.key
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
}

# The webhooks of pricing name the proxy by its name, which IAM never compares.
resource "aws_iam_role_policy" "connect" {
  for_each = local.roles
  name     = "connect"
  role     = aws_iam_role.service[each.key].name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Action = "rds-db:connect"
      Resource = [
        for user in local.users : each.key == "pricing-webhooks" ?
        "arn:aws:rds-db:us-east-1:123456789012:dbuser:${aws_db_proxy.team[each.value.team].name}/${user}" :
        "arn:aws:rds-db:us-east-1:123456789012:dbuser:${element(split(":", aws_db_proxy.team[each.value.team].arn), 6)}/${user}"
      ]
    }]
  })
}
