terraform {
  required_providers {
    aws = {
      source                = "hashicorp/aws"
      version               = "~> 5.0"
      configuration_aliases = []
    }
  }
}

variable "region" {
  default = "eu-central-1"
}

variable "prefix" {
  default = "eu"
}

resource "terraform_data" "later" {
  input = "us-west-2"
}

provider "aws" {
  region              = "eu-west-1"
  allowed_account_ids = ["111111111111"]
}

provider "aws" {
  alias  = "variable"
  region = var.region
}

provider "aws" {
  alias               = "composed"
  region              = "${var.prefix}-north-1"
  allowed_account_ids = ["111111111111", "222222222222"]
}

provider "aws" {
  alias  = "unknown"
  region = terraform_data.later.output
}

provider "aws" {
  alias = "none"
}

data "aws_caller_identity" "variable" {
  provider = aws.variable
}

data "aws_caller_identity" "later" {
  provider = aws.unknown
}

resource "aws_iam_role" "default" {
  assume_role_policy = "{}"
}

resource "aws_iam_role" "variable" {
  provider           = aws.variable
  assume_role_policy = "{}"
}

resource "aws_iam_role" "composed" {
  provider           = aws.composed
  assume_role_policy = "{}"
}

resource "aws_iam_role" "unknown" {
  provider           = aws.unknown
  assume_role_policy = "{}"
}

resource "aws_iam_role" "none" {
  provider           = aws.none
  assume_role_policy = "{}"
}

module "inherits" {
  source = "./modules/inherits"
}

module "passed" {
  source    = "./modules/inherits"
  providers = { aws = aws.variable }
}

module "own" {
  source = "./modules/own"
  region = "ap-south-1"
}
