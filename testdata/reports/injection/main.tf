# Every name is something that a build runner, a terminal, a browser or a code host would act on.

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
  hostile = [
    "::error file=pwn,line=1::pwn",
    "pwn ::stop-commands::pwn",
    "%0A::error::pwn%0D%25",
    "##vso[task.complete result=Succeeded;]pwn",
    "##vso[task.setvariable variable=PATH]pwn;]",
    "##[error]pwn",
    "##[set-env name=PATH;]pwn",
    "##teamcity[buildProblem description='pwn']",
    "[[ATTACHMENT|/etc/pwn]]",
    "```\npwn\n```",
    "~~~pwn`pwn``pwn",
    "<script>pwn()</script>",
    "<img src=pwn onerror=pwn>",
    "\"><svg onload=pwn>",
    "</details><h1>pwn</h1><!--",
    "]]>pwn&pwn;<!DOCTYPE pwn>",
    "'pwn'\"pwn\"\\pwn",
    "\u0000\u0007\u001b[31mpwn\u001b]8;;http://pwn.example\u0007\u009b31m",
    "pwn\u2028::error::pwn\u2029##[error]pwn",
    "\u202epwn\u2066\u200f\u061c",
    "\ufeffpwn\ufffe\uffff",
    "pwn|pwn||pwn",
    "@pwn #123 GH-1 pwn/pwn#1",
    "[pwn](javascript:pwn) [pwn]: javascript:pwn",
    "![pwn](http://pwn.example/x.png)",
    "http://pwn.example www.pwn.example <http://pwn.example>",
    "pwn\n::error::pwn\r\n##[error]pwn\n##vso[task.complete result=Succeeded;]",
    "$(pwn) `pwn` ; pwn && pwn %pwn% {{pwn}} $${pwn}",
    "FAIL - pwn\n1 failure",
    "# pwn\n\n- pwn\n\n| pwn |\n|---|\n",
  ]
  all = join(" ", local.hostile)
}

resource "aws_db_instance" "main" {
  for_each                            = toset(["pwn", local.all])
  identifier                          = each.key
  engine                              = "postgres"
  engine_version                      = "16.4"
  instance_class                      = "db.t4g.micro"
  username                            = each.key
  password                            = "canary-master"
  iam_database_authentication_enabled = true
  tags                                = { (each.key) = each.key }
}

resource "aws_secretsmanager_secret" "user" {
  for_each    = toset(local.hostile)
  name        = each.key
  description = each.key
}

resource "aws_secretsmanager_secret_version" "user" {
  for_each      = toset(local.hostile)
  secret_id     = aws_secretsmanager_secret.user[each.key].id
  secret_string = jsonencode({ username = each.key, password = "canary-user" })
}

resource "aws_iam_role" "proxy" {
  name        = local.all
  description = local.all
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = local.all } }]
  })
}

resource "aws_db_proxy" "main" {
  for_each       = toset(["pwn", local.all])
  name           = each.key
  engine_family  = "POSTGRESQL"
  role_arn       = aws_iam_role.proxy.arn
  vpc_subnet_ids = ["subnet-0aaa0000000000001", "subnet-0bbb0000000000002"]
  tags           = { (each.key) = each.key }

  dynamic "auth" {
    for_each = toset(local.hostile)
    content {
      auth_scheme = "SECRETS"
      iam_auth    = "REQUIRED"
      secret_arn  = aws_secretsmanager_secret.user[auth.key].arn
      description = auth.key
    }
  }
}

resource "aws_db_proxy_target" "main" {
  for_each               = toset(["pwn", local.all])
  db_proxy_name          = aws_db_proxy.main[each.key].name
  target_group_name      = "default"
  db_instance_identifier = aws_db_instance.main[each.key].identifier
}

resource "aws_iam_role" "client" {
  for_each = toset(local.hostile)
  name     = each.key
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
}

# On the database, by a user of that name.
resource "aws_iam_role_policy" "connect" {
  for_each = toset(local.hostile)
  name     = each.key
  role     = aws_iam_role.client[each.key].name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid      = each.key
      Effect   = "Allow"
      Action   = ["rds-db:connect"]
      Resource = ["arn:aws:rds-db:us-east-1:123456789012:dbuser:${aws_db_instance.main["pwn"].resource_id}/${each.key}"]
    }]
  })
}

# Of a resource and a condition that are none.
resource "aws_iam_role_policy" "strange" {
  for_each = toset(local.hostile)
  name     = each.key
  role     = aws_iam_role.client[each.key].name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = ["rds-db:connect", "rds:${each.key}"]
      Resource  = ["arn:aws:rds-db:us-east-1:123456789012:dbuser:${aws_db_proxy.main["pwn"].name}/${each.key}"]
      Condition = { StringEquals = { (each.key) = each.key } }
    }]
  })
}

resource "aws_iam_role_policy" "misspelled" {
  for_each = toset(local.hostile)
  name     = "misspelled"
  role     = aws_iam_role.client[each.key].name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["rds:connect"]
      Resource = ["arn:aws:rds-db:us-east-1:123456789012:dbuser:${aws_db_instance.main["pwn"].resource_id}/${each.key}"]
    }]
  })
}
