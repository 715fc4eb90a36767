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

resource "aws_security_group" "a" {
  count = 2
}

resource "aws_subnet" "a" {
  vpc_id = "vpc-0123456789abcdef0"
}

resource "aws_iam_role" "a" {
  assume_role_policy = "{}"
}

resource "aws_secretsmanager_secret" "a" {}

resource "aws_secretsmanager_secret" "each" {
  for_each = toset(["app", "report"])
}

resource "aws_db_proxy" "empty" {
  name           = "empty"
  engine_family  = "MYSQL"
  role_arn       = "arn:aws:iam::123456789012:role/proxy"
  vpc_subnet_ids = ["subnet-1"]
}

resource "aws_db_proxy" "unknown" {
  name                   = terraform_data.later.output
  engine_family          = terraform_data.later.output
  role_arn               = terraform_data.later.output
  vpc_subnet_ids         = split(",", terraform_data.later.output)
  vpc_security_group_ids = split(",", terraform_data.later.output)
  require_tls            = terraform_data.later.output == "yes"
  default_auth_scheme    = terraform_data.later.output

  auth {
    auth_scheme               = terraform_data.later.output
    iam_auth                  = terraform_data.later.output
    secret_arn                = terraform_data.later.output
    username                  = terraform_data.later.output
    client_password_auth_type = terraform_data.later.output
  }
}

resource "aws_db_proxy" "reference" {
  name                   = aws_db_proxy.empty.name
  engine_family          = "POSTGRESQL"
  role_arn               = aws_iam_role.a.arn
  vpc_subnet_ids         = ["subnet-1", aws_subnet.a.id]
  vpc_security_group_ids = aws_security_group.a[*].id
  require_tls            = true
  default_auth_scheme    = "IAM_AUTH"

  # The plan lists the two in the order of their hashes.
  auth {
    iam_auth   = "REQUIRED"
    secret_arn = aws_secretsmanager_secret.a.arn
  }

  auth {
    iam_auth                  = "DISABLED"
    secret_arn                = aws_secretsmanager_secret.each["report"].arn
    client_password_auth_type = "POSTGRES_MD5"
    username                  = "report"
  }
}

# Nothing but the references tells the two blocks apart.
resource "aws_db_proxy" "twins" {
  name           = "twins"
  engine_family  = "MYSQL"
  role_arn       = "arn:aws:iam::123456789012:role/proxy"
  vpc_subnet_ids = ["subnet-1"]

  auth {
    secret_arn = aws_secretsmanager_secret.each["app"].arn
  }

  auth {
    secret_arn = aws_secretsmanager_secret.each["report"].arn
  }
}

resource "aws_db_proxy" "nulls" {
  name                   = "nulls"
  engine_family          = "MYSQL"
  role_arn               = "arn:aws:iam::123456789012:role/proxy"
  vpc_subnet_ids         = ["subnet-1"]
  require_tls            = null
  default_auth_scheme    = var.nothing
  vpc_security_group_ids = var.nothing

  auth {
    iam_auth   = var.nothing
    username   = null
    secret_arn = aws_secretsmanager_secret.a.arn
  }

  auth {
    iam_auth    = "DISABLED"
    auth_scheme = null
    secret_arn  = aws_secretsmanager_secret.each["app"].arn
  }
}

variable "nothing" {
  default = null
}

resource "aws_db_proxy" "dynamic" {
  name           = "dynamic"
  engine_family  = "MYSQL"
  role_arn       = "arn:aws:iam::123456789012:role/proxy"
  vpc_subnet_ids = ["subnet-1"]

  dynamic "auth" {
    for_each = aws_secretsmanager_secret.each
    content {
      iam_auth   = "REQUIRED"
      secret_arn = auth.value.arn
    }
  }
}

resource "aws_db_proxy" "dynamic_and_static" {
  name           = "dynamic-and-static"
  engine_family  = "MYSQL"
  role_arn       = "arn:aws:iam::123456789012:role/proxy"
  vpc_subnet_ids = ["subnet-1"]

  auth {
    secret_arn = aws_secretsmanager_secret.a.arn
  }

  dynamic "auth" {
    for_each = ["app"]
    content {
      iam_auth   = "REQUIRED"
      secret_arn = aws_secretsmanager_secret.each[auth.value].arn
    }
  }
}

resource "aws_db_proxy" "dynamic_unknown" {
  name           = "dynamic-unknown"
  engine_family  = "MYSQL"
  role_arn       = "arn:aws:iam::123456789012:role/proxy"
  vpc_subnet_ids = ["subnet-1"]

  dynamic "auth" {
    for_each = terraform_data.later.output == "yes" ? [1] : []
    content {
      secret_arn = aws_secretsmanager_secret.a.arn
    }
  }
}

# The whole secret through a module input, for each of two keys.
module "proxy" {
  source   = "./modules/proxy"
  for_each = aws_secretsmanager_secret.each
  name     = each.key
  secret   = each.value
  role     = { arn = aws_iam_role.a.arn }
}

data "aws_db_proxy" "known" {
  name = "legacy"
}

data "aws_db_proxy" "later" {
  name = terraform_data.later.output
}

resource "aws_db_proxy_endpoint" "empty" {
  db_proxy_name          = "empty"
  db_proxy_endpoint_name = "reader"
  vpc_subnet_ids         = ["subnet-1"]
}

resource "aws_db_proxy_endpoint" "unknown" {
  db_proxy_name          = terraform_data.later.output
  db_proxy_endpoint_name = "reader"
  vpc_subnet_ids         = split(",", terraform_data.later.output)
  vpc_security_group_ids = split(",", terraform_data.later.output)
  target_role            = terraform_data.later.output
}

resource "aws_db_proxy_endpoint" "reference" {
  db_proxy_name          = aws_db_proxy.unknown.name
  db_proxy_endpoint_name = "reader"
  vpc_subnet_ids         = [aws_subnet.a.id]
  vpc_security_group_ids = [aws_security_group.a[0].id]
  target_role            = "READ_ONLY"
}
