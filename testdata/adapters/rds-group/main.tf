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

resource "aws_rds_global_cluster" "empty" {
  global_cluster_identifier = "worldwide"
}

resource "aws_rds_global_cluster" "unknown" {
  global_cluster_identifier = terraform_data.later.output
  engine                    = terraform_data.later.output
}

resource "aws_rds_global_cluster" "reference" {
  global_cluster_identifier = aws_rds_global_cluster.unknown.global_cluster_identifier
  engine                    = "Aurora-PostgreSQL"
}

data "aws_rds_global_cluster" "known" {
  identifier = "worldwide"
}

data "aws_rds_global_cluster" "later" {
  identifier = terraform_data.later.output
}

resource "aws_db_parameter_group" "empty" {
  family = "postgres17"
}

resource "aws_db_parameter_group" "known" {
  name   = "tls-only"
  family = "postgres17"

  parameter {
    name  = "RDS.force_ssl"
    value = "1"
  }

  parameter {
    name  = "rds.restrict_password_commands"
    value = ""
  }
}

resource "aws_db_parameter_group" "unknown" {
  name   = terraform_data.later.output
  family = terraform_data.later.output

  parameter {
    name  = terraform_data.later.output
    value = terraform_data.later.output
  }
}

resource "aws_db_parameter_group" "reference" {
  name   = aws_db_parameter_group.empty.name
  family = aws_db_parameter_group.empty.family

  parameter {
    name  = "rds.force_ssl"
    value = aws_db_parameter_group.unknown.id
  }
}

resource "aws_db_parameter_group" "dynamic" {
  name   = "dynamic"
  family = "postgres17"

  dynamic "parameter" {
    for_each = { "rds.force_ssl" = "0" }
    content {
      name  = parameter.key
      value = parameter.value
    }
  }
}

resource "aws_db_parameter_group" "dynamic_unknown" {
  name   = "dynamic-unknown"
  family = "postgres17"

  dynamic "parameter" {
    for_each = terraform_data.later.output == "yes" ? [1] : []
    content {
      name  = "rds.force_ssl"
      value = "1"
    }
  }
}

resource "aws_rds_cluster_parameter_group" "empty" {
  family = "aurora-mysql8.0"
}

resource "aws_rds_cluster_parameter_group" "known" {
  name   = "tls-only"
  family = "aurora-mysql8.0"

  parameter {
    name  = "require_secure_transport"
    value = "ON"
  }
}

data "aws_db_parameter_group" "known" {
  name = "legacy"
}

data "aws_rds_cluster_parameter_group" "later" {
  name = aws_rds_cluster_parameter_group.empty.name
}

resource "aws_subnet" "each" {
  for_each = toset(["a", "b"])
  vpc_id   = "vpc-0123456789abcdef0"
}

resource "aws_db_subnet_group" "empty" {
  subnet_ids = ["subnet-1", "subnet-2"]
}

resource "aws_db_subnet_group" "unknown" {
  name       = terraform_data.later.output
  subnet_ids = split(",", terraform_data.later.output)
}

resource "aws_db_subnet_group" "reference" {
  name       = "private"
  subnet_ids = [aws_subnet.each["a"].id, aws_subnet.each["b"].id]
}

data "aws_db_subnet_group" "known" {
  name = "legacy"
}

data "aws_db_subnet_group" "later" {
  name = aws_db_subnet_group.empty.name
}
