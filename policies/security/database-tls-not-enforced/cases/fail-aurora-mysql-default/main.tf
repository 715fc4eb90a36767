# The default group of Aurora MySQL, by its name.

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
  cluster_identifier              = "orders"
  engine                          = "aurora-mysql"
  engine_version                  = "8.0.mysql_aurora.3.08.0"
  master_username                 = "root_admin"
  manage_master_user_password     = true
  skip_final_snapshot             = true
  db_cluster_parameter_group_name = "default.aurora-mysql8.0"
}

resource "aws_rds_cluster_instance" "main" {
  cluster_identifier = aws_rds_cluster.main.id
  identifier         = "orders-0"
  engine             = aws_rds_cluster.main.engine
  instance_class     = "db.r6g.large"

}
