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

resource "aws_subnet" "a" {
  vpc_id = "vpc-1"
}

resource "aws_db_instance" "a" {
  instance_class = "db.t4g.micro"
}

resource "aws_iam_instance_profile" "a" {
  role = aws_iam_role.a.name
}

resource "aws_iam_instance_profile" "named" {
  name = "named"
  role = "worker"
}

resource "aws_iam_instance_profile" "without_role" {
  name = "without-role"
}

resource "aws_instance" "empty" {}

resource "aws_instance" "unknown" {
  iam_instance_profile   = terraform_data.later.output
  vpc_security_group_ids = [terraform_data.later.output]
  subnet_id              = terraform_data.later.output
  user_data              = terraform_data.later.output
}

resource "aws_instance" "reference" {
  iam_instance_profile   = aws_iam_instance_profile.a.name
  vpc_security_group_ids = [aws_security_group.a.id]
  subnet_id              = aws_subnet.a.id
  user_data              = "export DB_HOST=${aws_db_instance.a.address} DB_PORT=${aws_db_instance.a.port}"
}

resource "aws_instance" "known" {
  iam_instance_profile = "named"
  security_groups      = ["default"]
  user_data            = "export PASSWORD=canary-password DB_HOST=orders.c1.eu-west-1.rds.amazonaws.com"
}

resource "aws_instance" "profile_without_role" {
  iam_instance_profile = aws_iam_instance_profile.without_role.id
}

resource "aws_instance" "profile_elsewhere" {
  iam_instance_profile = "elsewhere"
}

data "aws_iam_instance_profile" "read" {
  name = "read"
}

resource "aws_instance" "profile_read" {
  iam_instance_profile = data.aws_iam_instance_profile.read.name
}

data "aws_iam_instance_profile" "later" {
  name = terraform_data.later.output
}

resource "aws_instance" "profile_read_later" {
  iam_instance_profile = data.aws_iam_instance_profile.later.name
}

data "aws_instance" "read" {
  instance_id = "i-1"
}

data "aws_instance" "later" {
  instance_id = terraform_data.later.output
}

# Reads what is managed here, and is no further client.
data "aws_instance" "same" {
  instance_id = aws_instance.empty.id
}
