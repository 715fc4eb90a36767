# Another application's workspace: it reads the platform's state only when it knows where that is, and names its
# secret and its proxy by what that says.

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

resource "terraform_data" "bucket" {
  input = "states"
}

data "terraform_remote_state" "platform" {
  backend = "s3"
  config = {
    bucket = terraform_data.bucket.output
    key    = "platform.tfstate"
    region = "us-east-1"
  }
}

resource "aws_db_instance" "reports" {
  identifier                  = "reports-db"
  engine                      = "postgres"
  engine_version              = "16.4"
  instance_class              = "db.m6i.large"
  allocated_storage           = 100
  username                    = "root_admin"
  manage_master_user_password = true
  skip_final_snapshot         = true
}

resource "aws_db_proxy" "reports" {
  name           = "reports-proxy"
  engine_family  = "POSTGRESQL"
  require_tls    = true
  role_arn       = "arn:aws:iam::123456789012:role/reports-proxy"
  vpc_subnet_ids = ["subnet-0aaa0000000000001", "subnet-0bbb0000000000002"]

  auth {
    auth_scheme = "SECRETS"
    iam_auth    = "DISABLED"
    secret_arn  = data.terraform_remote_state.platform.outputs.secrets["app"]
  }
}

resource "aws_db_proxy_target" "reports" {
  db_proxy_name          = aws_db_proxy.reports.name
  target_group_name      = "default"
  db_instance_identifier = aws_db_instance.reports.identifier
}

# The plan keeps that the statement refers to the output, and loses the user.
resource "aws_iam_role" "reports" {
  name = "reports"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
}

data "aws_iam_policy_document" "connect" {
  statement {
    actions   = ["rds-db:connect"]
    resources = ["arn:aws:rds-db:us-east-1:123456789012:dbuser:${data.terraform_remote_state.platform.outputs.proxy_resource_id}/app"]
  }
}

resource "aws_iam_role_policy" "connect" {
  name   = "connect"
  role   = aws_iam_role.reports.name
  policy = data.aws_iam_policy_document.connect.json
}
