locals {
  master_password      = var.create_db_instance && !var.manage_master_user_password ? var.password : null
  db_subnet_group_name = var.create_db_subnet_group ? one(aws_db_subnet_group.this[*].id) : var.db_subnet_group_name
}

resource "aws_db_subnet_group" "this" {
  count = var.create_db_subnet_group ? 1 : 0

  name_prefix = "${var.identifier}-"
  subnet_ids  = var.subnet_ids

  tags = var.tags
}

module "db_instance" {
  source = "./modules/db-instance"

  create                              = var.create_db_instance
  identifier                          = var.identifier
  use_identifier_prefix               = var.instance_use_identifier_prefix
  engine                              = var.engine
  engine_version                      = var.engine_version
  instance_class                      = var.instance_class
  allocated_storage                   = var.allocated_storage
  username                            = var.username
  password                            = local.master_password
  manage_master_user_password         = var.manage_master_user_password
  port                                = var.port
  vpc_security_group_ids              = var.vpc_security_group_ids
  db_subnet_group_name                = local.db_subnet_group_name
  iam_database_authentication_enabled = var.iam_database_authentication_enabled
  restore_to_point_in_time            = var.restore_to_point_in_time

  tags = merge(var.tags, var.db_instance_tags)
}
