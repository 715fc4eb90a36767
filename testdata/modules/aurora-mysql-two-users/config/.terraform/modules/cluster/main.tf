locals {
  create        = var.create
  is_serverless = var.engine_mode == "serverless"
  port          = coalesce(var.port, (var.engine == "aurora-postgresql" ? 5432 : 3306))

  instances = { for key, instance in var.instances : key => instance if local.create && !local.is_serverless }
}

resource "aws_rds_cluster" "this" {
  count = local.create ? 1 : 0

  cluster_identifier                  = var.cluster_use_name_prefix ? null : var.name
  cluster_identifier_prefix           = var.cluster_use_name_prefix ? "${var.name}-" : null
  engine                              = var.engine
  engine_mode                         = var.engine_mode
  engine_version                      = var.engine_version
  database_name                       = var.is_primary_cluster ? var.database_name : null
  master_username                     = var.is_primary_cluster ? var.master_username : null
  master_password                     = var.is_primary_cluster && !var.manage_master_user_password ? var.master_password : null
  manage_master_user_password         = var.global_cluster_identifier == null && var.manage_master_user_password ? var.manage_master_user_password : null
  global_cluster_identifier           = var.global_cluster_identifier
  port                                = local.port
  db_subnet_group_name                = var.db_subnet_group_name
  iam_database_authentication_enabled = var.iam_database_authentication_enabled
  vpc_security_group_ids              = compact(concat([var.security_group_id], var.vpc_security_group_ids))
  skip_final_snapshot                 = true

  dynamic "serverlessv2_scaling_configuration" {
    for_each = length(var.serverlessv2_scaling_configuration) > 0 && var.engine_mode == "provisioned" ? [var.serverlessv2_scaling_configuration] : []

    content {
      max_capacity = serverlessv2_scaling_configuration.value.max_capacity
      min_capacity = serverlessv2_scaling_configuration.value.min_capacity
    }
  }

  tags = merge(var.tags, var.cluster_tags)
}

resource "aws_rds_cluster_instance" "this" {
  for_each = local.instances

  cluster_identifier = aws_rds_cluster.this[0].id
  identifier         = try(each.value.identifier, "${var.name}-${each.key}")
  engine             = var.engine
  engine_version     = var.engine_version
  instance_class     = try(each.value.instance_class, var.instance_class)
  promotion_tier     = try(each.value.promotion_tier, null)

  tags = merge(var.tags, try(each.value.tags, {}))
}
