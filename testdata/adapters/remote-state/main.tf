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

data "terraform_remote_state" "known" {
  backend = "local"
  config  = { path = "platform-state.json" }
}

data "terraform_remote_state" "later" {
  backend = "local"
  config  = { path = terraform_data.later.output }
}

data "terraform_remote_state" "counted" {
  count   = 1
  backend = "local"
  config  = { path = terraform_data.later.output }
}

resource "aws_db_proxy_target" "known" {
  db_proxy_name     = data.terraform_remote_state.known.outputs.proxy_name
  target_group_name = "default"
}

resource "aws_db_proxy_target" "later" {
  db_proxy_name     = data.terraform_remote_state.later.outputs.proxy_name
  target_group_name = "default"
}

resource "aws_db_proxy_target" "bracketed" {
  db_proxy_name     = data.terraform_remote_state.later.outputs["proxy_name"]
  target_group_name = "default"
}

resource "aws_db_proxy_target" "counted" {
  db_proxy_name     = data.terraform_remote_state.counted[0].outputs.proxy_name
  target_group_name = "default"
}

resource "aws_db_proxy" "object" {
  name           = data.terraform_remote_state.later.outputs.proxy_name
  engine_family  = "MYSQL"
  role_arn       = "arn:aws:iam::123456789012:role/proxy"
  vpc_subnet_ids = data.terraform_remote_state.later.outputs.subnets

  auth {
    secret_arn = data.terraform_remote_state.later.outputs.secrets["app"]
  }

  auth {
    username   = "dot"
    secret_arn = data.terraform_remote_state.later.outputs.secrets["key.with-dot"]
  }
}
