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

resource "aws_db_proxy" "a" {
  name           = terraform_data.later.output
  engine_family  = "MYSQL"
  role_arn       = "arn:aws:iam::123456789012:role/proxy"
  vpc_subnet_ids = ["subnet-1"]
}

resource "aws_db_instance" "a" {
  instance_class = "db.t4g.micro"
}

resource "aws_rds_cluster" "a" {
  engine = "aurora-mysql"
}

resource "aws_db_proxy_default_target_group" "empty" {
  db_proxy_name = "legacy"
}

resource "aws_db_proxy_default_target_group" "reference" {
  db_proxy_name = aws_db_proxy.a.name
}

resource "aws_db_proxy_target" "empty" {
  db_proxy_name     = "legacy"
  target_group_name = "default"
}

resource "aws_db_proxy_target" "unknown" {
  db_proxy_name          = terraform_data.later.output
  target_group_name      = terraform_data.later.output
  db_instance_identifier = terraform_data.later.output
  db_cluster_identifier  = terraform_data.later.output
}

resource "aws_db_proxy_target" "reference" {
  db_proxy_name          = aws_db_proxy_default_target_group.reference.db_proxy_name
  target_group_name      = aws_db_proxy_default_target_group.reference.name
  db_instance_identifier = aws_db_instance.a.identifier
}

resource "aws_db_proxy_target" "empty_string" {
  db_proxy_name          = aws_db_proxy.a.id
  target_group_name      = "default"
  db_instance_identifier = ""
  db_cluster_identifier  = one([aws_rds_cluster.a]).cluster_identifier
}
