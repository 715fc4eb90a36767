locals {
  is_replica = var.replicate_source_db != null
}

resource "aws_db_instance" "this" {
  count = var.create ? 1 : 0

  identifier        = var.use_identifier_prefix ? null : var.identifier
  identifier_prefix = var.use_identifier_prefix ? "${var.identifier}-" : null

  engine              = local.is_replica ? null : var.engine
  engine_version      = var.engine_version
  instance_class      = var.instance_class
  allocated_storage   = local.is_replica ? null : var.allocated_storage
  storage_encrypted   = true
  replicate_source_db = var.replicate_source_db

  username                    = !local.is_replica ? var.username : null
  password                    = !local.is_replica && var.manage_master_user_password != true ? var.password : null
  manage_master_user_password = !local.is_replica && coalesce(var.manage_master_user_password, false) ? true : null
  port                        = var.port

  vpc_security_group_ids              = var.vpc_security_group_ids
  db_subnet_group_name                = var.db_subnet_group_name
  iam_database_authentication_enabled = var.iam_database_authentication_enabled
  skip_final_snapshot                 = true

  dynamic "restore_to_point_in_time" {
    for_each = var.restore_to_point_in_time != null ? [var.restore_to_point_in_time] : []

    content {
      restore_time                  = lookup(restore_to_point_in_time.value, "restore_time", null)
      source_db_instance_identifier = lookup(restore_to_point_in_time.value, "source_db_instance_identifier", null)
      use_latest_restorable_time    = lookup(restore_to_point_in_time.value, "use_latest_restorable_time", null)
    }
  }

  dynamic "timeouts" {
    for_each = length(var.timeouts) > 0 ? [var.timeouts] : []

    content {
      create = try(timeouts.value.create, null)
      update = try(timeouts.value.update, null)
      delete = try(timeouts.value.delete, null)
    }
  }

  tags = var.tags
}
