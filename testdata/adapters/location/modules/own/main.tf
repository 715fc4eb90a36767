variable "region" {}

provider "aws" {
  region = var.region
}

resource "aws_iam_role" "this" {
  assume_role_policy = "{}"
}
