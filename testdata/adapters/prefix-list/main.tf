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

resource "aws_ec2_managed_prefix_list" "empty" {
  name           = "empty"
  address_family = "IPv4"
  max_entries    = 5
}

resource "aws_ec2_managed_prefix_list" "known" {
  name           = "known"
  address_family = "IPv4"
  max_entries    = 5

  entry {
    cidr = "10.0.0.0/24"
  }

  entry {
    cidr        = "10.1.0.0/24"
    description = "office"
  }
}

resource "aws_ec2_managed_prefix_list" "unknown" {
  name           = terraform_data.later.output
  address_family = "IPv4"
  max_entries    = 5

  entry {
    cidr = terraform_data.later.output
  }
}

resource "aws_vpc" "a" {}

resource "aws_ec2_managed_prefix_list" "reference" {
  name           = "reference"
  address_family = "IPv4"
  max_entries    = 5

  entry {
    cidr = aws_vpc.a.cidr_block
  }
}

resource "aws_ec2_managed_prefix_list" "dynamic_unknown" {
  name           = "dynamic-unknown"
  address_family = "IPv4"
  max_entries    = 5

  dynamic "entry" {
    for_each = terraform_data.later.output == "yes" ? [1] : []
    content {
      cidr = "10.0.0.0/24"
    }
  }
}

resource "aws_ec2_managed_prefix_list_entry" "reference" {
  prefix_list_id = aws_ec2_managed_prefix_list.empty.id
  cidr           = "10.2.0.0/24"
}

resource "aws_ec2_managed_prefix_list_entry" "outside" {
  prefix_list_id = "pl-0fffffffffffffff0"
  cidr           = "10.3.0.0/24"
}

data "aws_ec2_managed_prefix_list" "known" {
  id = "pl-0123456789abcdef0"
}

resource "aws_ec2_managed_prefix_list_entry" "data" {
  prefix_list_id = data.aws_ec2_managed_prefix_list.known.id
  cidr           = "10.4.0.0/24"
}

data "aws_ec2_managed_prefix_list" "later" {
  id = terraform_data.later.output
}
