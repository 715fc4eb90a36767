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

resource "aws_vpc" "empty" {}

resource "aws_vpc" "known" {
  cidr_block       = "10.0.0.0/16"
  ipv6_cidr_block  = "2001:db8::/56"
  instance_tenancy = "dedicated"
}

resource "aws_vpc" "unknown" {
  cidr_block       = terraform_data.later.output
  ipv6_cidr_block  = terraform_data.later.output
  instance_tenancy = terraform_data.later.output
}

resource "aws_vpc" "reference" {
  cidr_block       = aws_vpc.empty.cidr_block
  instance_tenancy = aws_vpc.known.instance_tenancy
}

resource "aws_vpc" "generated" {
  cidr_block                       = "10.1.0.0/16"
  assign_generated_ipv6_cidr_block = true
}

resource "aws_vpc" "not_generated" {
  cidr_block                       = "10.2.0.0/16"
  assign_generated_ipv6_cidr_block = false
}

# Blocks that a resource of its own adds.
resource "aws_vpc" "associated" {
  cidr_block = "10.3.0.0/16"
}

resource "aws_vpc_ipv4_cidr_block_association" "known" {
  vpc_id     = aws_vpc.associated.id
  cidr_block = "100.64.0.0/16"
}

resource "aws_vpc_ipv6_cidr_block_association" "pool" {
  vpc_id            = aws_vpc.associated.id
  ipv6_ipam_pool_id = "ipam-pool-0123456789abcdef0"
}

resource "aws_default_security_group" "reference" {
  vpc_id = aws_vpc.associated.id
}

resource "aws_default_vpc" "empty" {}

data "aws_vpc" "known" {
  id = "vpc-0123456789abcdef0"
}

data "aws_vpc" "later" {
  id = terraform_data.later.output
}

resource "aws_subnet" "empty" {
  vpc_id = "vpc-0123456789abcdef0"
}

resource "aws_subnet" "known" {
  vpc_id               = "vpc-0123456789abcdef0"
  availability_zone    = "eu-west-1a"
  availability_zone_id = "euw1-az1"
  cidr_block           = "10.0.0.0/24"
  ipv6_cidr_block      = "2001:db8::/64"
}

resource "aws_subnet" "unknown" {
  vpc_id               = terraform_data.later.output
  availability_zone    = terraform_data.later.output
  availability_zone_id = terraform_data.later.output
  cidr_block           = terraform_data.later.output
  ipv6_cidr_block      = terraform_data.later.output
}

resource "aws_subnet" "reference" {
  vpc_id            = aws_vpc.empty.id
  availability_zone = aws_subnet.empty.availability_zone
  cidr_block        = cidrsubnet(aws_vpc.empty.cidr_block, 8, 0)
}

resource "aws_default_subnet" "empty" {
  availability_zone = "eu-west-1b"
}

data "aws_subnet" "known" {
  id = "subnet-0123456789abcdef0"
}

data "aws_subnet" "later" {
  vpc_id            = aws_vpc.empty.id
  availability_zone = "eu-west-1a"
}
