# A database that is read, and managed elsewhere.

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

data "aws_rds_cluster" "main" {
  cluster_identifier = "orders"
}
