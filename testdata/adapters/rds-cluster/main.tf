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

resource "aws_security_group" "a" {}

resource "aws_kms_key" "a" {}

resource "aws_db_subnet_group" "a" {
  subnet_ids = ["subnet-1", "subnet-2"]
}

resource "aws_rds_cluster_parameter_group" "a" {
  family = "aurora-postgresql17"
}

resource "aws_rds_global_cluster" "a" {
  global_cluster_identifier = "worldwide"
}

resource "aws_rds_cluster" "empty" {
  engine = "aurora-mysql"
}

resource "aws_rds_cluster" "known" {
  cluster_identifier                  = "orders"
  engine                              = "Aurora-PostgreSQL"
  engine_version                      = "17.4"
  engine_mode                         = "provisioned"
  cluster_scalability_type            = "standard"
  port                                = 6543
  master_username                     = "master"
  master_password                     = "canary-password"
  iam_database_authentication_enabled = false
  vpc_security_group_ids              = []
  db_subnet_group_name                = "private"
  db_cluster_parameter_group_name     = "tls-only"
  apply_immediately                   = true
  enabled_cloudwatch_logs_exports     = ["iam-db-auth-error"]
  global_cluster_identifier           = "worldwide"
}

resource "aws_rds_cluster" "empty_strings" {
  engine                        = "mysql"
  db_cluster_instance_class     = ""
  snapshot_identifier           = ""
  replication_source_identifier = ""
  domain                        = ""
  engine_mode                   = ""
  global_cluster_identifier     = ""
}

resource "aws_rds_cluster" "unknown" {
  cluster_identifier                  = terraform_data.later.output
  engine                              = terraform_data.later.output
  engine_version                      = terraform_data.later.output
  engine_mode                         = terraform_data.later.output
  cluster_scalability_type            = terraform_data.later.output
  db_cluster_instance_class           = terraform_data.later.output
  port                                = length(terraform_data.later.output)
  master_username                     = terraform_data.later.output
  iam_database_authentication_enabled = terraform_data.later.output == "yes"
  snapshot_identifier                 = terraform_data.later.output
  replication_source_identifier       = terraform_data.later.output
  domain                              = terraform_data.later.output
  vpc_security_group_ids              = split(",", terraform_data.later.output)
  db_subnet_group_name                = terraform_data.later.output
  db_cluster_parameter_group_name     = terraform_data.later.output
  global_cluster_identifier           = terraform_data.later.output
  master_password                     = terraform_data.later.output
  apply_immediately                   = terraform_data.later.output == "yes"
  enabled_cloudwatch_logs_exports     = split(",", terraform_data.later.output)
  master_user_secret_kms_key_id       = terraform_data.later.output
}

resource "aws_rds_cluster" "reference" {
  engine                        = aws_rds_cluster.known.engine
  cluster_identifier            = "${aws_rds_cluster.empty.cluster_identifier}-replica"
  replication_source_identifier = aws_rds_cluster.known.arn
  kms_key_id                    = aws_rds_cluster.known.kms_key_id
  vpc_security_group_ids        = [aws_security_group.a.id]
  db_subnet_group_name          = aws_db_subnet_group.a.name
  global_cluster_identifier     = aws_rds_global_cluster.a.id
  master_user_secret_kms_key_id = aws_kms_key.a.arn

  db_cluster_parameter_group_name = aws_rds_cluster_parameter_group.a.name

  restore_to_point_in_time {
    source_cluster_identifier = aws_rds_cluster.empty.id
  }
}

resource "aws_rds_cluster_endpoint" "known" {
  cluster_identifier          = "orders"
  cluster_endpoint_identifier = "reports"
  custom_endpoint_type        = "READER"
}

resource "aws_rds_cluster_endpoint" "reference" {
  cluster_identifier          = aws_rds_cluster.unknown.id
  cluster_endpoint_identifier = "any"
  custom_endpoint_type        = "ANY"
}

# Nobody can tell whose they are.
resource "aws_rds_cluster_endpoint" "unknown" {
  cluster_identifier          = terraform_data.later.output
  cluster_endpoint_identifier = "unknown"
  custom_endpoint_type        = "ANY"
}

data "aws_rds_cluster" "known" {
  cluster_identifier = "legacy"
}

data "aws_rds_cluster" "later" {
  cluster_identifier = aws_rds_cluster.empty.cluster_identifier
}

resource "aws_rds_cluster_instance" "empty" {
  cluster_identifier = "legacy"
  engine             = "aurora-mysql"
  instance_class     = "db.r6g.large"
}

resource "aws_rds_cluster_instance" "unknown" {
  cluster_identifier  = terraform_data.later.output
  engine              = terraform_data.later.output
  instance_class      = terraform_data.later.output
  publicly_accessible = terraform_data.later.output == "yes"
}

resource "aws_rds_cluster_instance" "reference" {
  for_each           = { one = aws_rds_cluster.empty, two = aws_rds_cluster.known }
  cluster_identifier = each.value.id
  engine             = each.value.engine
  instance_class     = "db.r6g.large"

  publicly_accessible = true
}
