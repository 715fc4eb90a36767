terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
  }
}

variable "role" {
  default = "arn:aws:iam::333344445555:role/terraform"
}

variable "account" {
  default = "555566667777"
}

provider "aws" {
  region = "eu-west-1"

  assume_role {
    role_arn = var.role
  }
}

provider "aws" {
  alias  = "chained"
  region = "eu-west-1"

  assume_role {
    role_arn = "arn:aws:iam::333344445555:role/first"
  }

  assume_role {
    role_arn = "arn:aws:iam::444455556666:role/second"
  }
}

provider "aws" {
  alias  = "composed"
  region = "eu-west-1"

  assume_role {
    role_arn = "arn:aws:iam::${var.account}:role/terraform"
  }
}

resource "aws_iam_role" "default" {
  assume_role_policy = "{}"
}

resource "aws_iam_role" "chained" {
  provider           = aws.chained
  assume_role_policy = "{}"
}

resource "aws_iam_role" "composed" {
  provider           = aws.composed
  assume_role_policy = "{}"
}
