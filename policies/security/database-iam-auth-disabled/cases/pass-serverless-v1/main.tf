# Aurora Serverless v1 has no IAM authentication.

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

resource "aws_rds_cluster" "main" {
  cluster_identifier          = "orders"
  engine                      = "aurora-postgresql"
  master_username             = "root_admin"
  manage_master_user_password = true
  skip_final_snapshot         = true
  engine_mode                 = "serverless"
}
