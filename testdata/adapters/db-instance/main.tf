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

resource "aws_security_group" "b" {}

resource "aws_kms_key" "a" {}

resource "aws_db_subnet_group" "a" {
  subnet_ids = ["subnet-1", "subnet-2"]
}

resource "aws_db_parameter_group" "a" {
  family = "postgres17"
}

resource "aws_db_instance" "empty" {
  instance_class = "db.t4g.micro"
}

resource "aws_db_instance" "known" {
  identifier                          = "orders"
  engine                              = "Postgres"
  engine_version                      = "17.4"
  instance_class                      = "db.t4g.micro"
  port                                = 6543
  username                            = "master"
  password                            = "canary-password"
  iam_database_authentication_enabled = true
  vpc_security_group_ids              = ["sg-0123456789abcdef0"]
  domain                              = "d-1234567890"
  db_subnet_group_name                = "private"
  parameter_group_name                = "tls-only"
  publicly_accessible                 = true
  apply_immediately                   = true
  enabled_cloudwatch_logs_exports     = ["iam-db-auth-error", "postgresql"]
}

resource "aws_db_instance" "empty_strings" {
  instance_class       = "db.t4g.micro"
  snapshot_identifier  = ""
  replicate_source_db  = ""
  domain               = ""
  engine               = ""
  parameter_group_name = ""
}

variable "nothing" {
  default = null
}

resource "aws_db_instance" "nulls" {
  instance_class         = "db.t4g.micro"
  identifier             = null
  snapshot_identifier    = null
  engine                 = var.nothing
  port                   = var.nothing
  username               = var.nothing
  vpc_security_group_ids = var.nothing
  db_subnet_group_name   = var.nothing
}

locals {
  groups = split(",", terraform_data.later.output)
}

resource "aws_db_instance" "local" {
  instance_class         = "db.t4g.micro"
  vpc_security_group_ids = local.groups
}

resource "aws_db_instance" "unknown" {
  identifier                          = terraform_data.later.output
  engine                              = terraform_data.later.output
  engine_version                      = terraform_data.later.output
  instance_class                      = terraform_data.later.output
  port                                = length(terraform_data.later.output)
  username                            = terraform_data.later.output
  iam_database_authentication_enabled = terraform_data.later.output == "yes"
  snapshot_identifier                 = terraform_data.later.output
  replicate_source_db                 = terraform_data.later.output
  domain_fqdn                         = terraform_data.later.output
  vpc_security_group_ids              = split(",", terraform_data.later.output)
  db_subnet_group_name                = terraform_data.later.output
  parameter_group_name                = terraform_data.later.output
  master_user_secret_kms_key_id       = terraform_data.later.output
  password                            = terraform_data.later.output
  publicly_accessible                 = terraform_data.later.output == "yes"
  apply_immediately                   = terraform_data.later.output == "yes"
  enabled_cloudwatch_logs_exports     = split(",", terraform_data.later.output)
  region                              = terraform_data.later.output
}

resource "aws_db_instance" "reference" {
  instance_class         = aws_db_instance.known.instance_class
  replicate_source_db    = aws_db_instance.known.arn
  vpc_security_group_ids = [aws_security_group.b.id, "sg-0123456789abcdef0", aws_security_group.a.id]
  db_subnet_group_name   = aws_db_subnet_group.a.name
  parameter_group_name   = aws_db_parameter_group.a.id
  password               = random_password.a.result
}

resource "random_password" "a" {
  length = 32
}

variable "password" {
  default   = "canary-variable"
  sensitive = true
}

data "aws_ssm_parameter" "later" {
  name = terraform_data.later.output
}

resource "aws_db_instance" "variable_password" {
  instance_class = "db.t4g.micro"
  password       = var.password
}

resource "aws_db_instance" "read_password" {
  instance_class = "db.t4g.micro"
  password       = data.aws_ssm_parameter.later.value
}

resource "aws_db_instance" "write_only_password" {
  instance_class      = "db.t4g.micro"
  password_wo         = "canary-password"
  password_wo_version = 1
}

resource "aws_db_instance" "blue_green" {
  instance_class = "db.t4g.micro"

  blue_green_update {
    enabled = true
  }
}

resource "aws_db_instance" "restored" {
  instance_class = "db.t4g.micro"

  restore_to_point_in_time {
    source_dbi_resource_id     = aws_db_instance.known.resource_id
    use_latest_restorable_time = true
  }
}

resource "aws_db_instance" "restored_perhaps" {
  instance_class = "db.t4g.micro"

  dynamic "restore_to_point_in_time" {
    for_each = terraform_data.later.output == "yes" ? [1] : []
    content {
      source_db_instance_identifier = aws_db_instance.known.identifier
    }
  }
}

resource "aws_db_instance" "managed_password" {
  instance_class                = "db.t4g.micro"
  manage_master_user_password   = true
  master_user_secret_kms_key_id = aws_kms_key.a.key_id
}

# The whole object passed into a module, for each of two keys.
module "replica" {
  source          = "./modules/replica"
  for_each        = toset(["x.1", "y"])
  source_database = aws_db_instance.known
  groups          = { (each.key) = [aws_security_group.a.id] }
}

resource "aws_db_instance" "counted" {
  count               = 2
  instance_class      = "db.t4g.micro"
  replicate_source_db = aws_db_instance.empty.identifier
}

data "aws_db_instance" "known" {
  db_instance_identifier = "legacy"
}

data "aws_db_instance" "later" {
  db_instance_identifier = aws_db_instance.empty.identifier
}
