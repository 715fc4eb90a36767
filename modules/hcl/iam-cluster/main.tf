data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

data "aws_region" "current" {}

locals {
  is_postgres = var.engine == "aurora-postgresql"
  port        = coalesce(var.port, local.is_postgres ? 5432 : 3306)
  # aurora-postgresql16, aurora-mysql8.0
  family = "${var.engine}${regex(local.is_postgres ? "^\\d+" : "^\\d+\\.\\d+", var.engine_version)}"

  # By principal and user, so that a grant keeps its key when another one goes.
  grants = {
    for grant in var.grants :
    join("/", [coalesce(grant.role, grant.user_name, grant.group_name), grant.user]) => grant
  }
}

# What leads from one resource to another is no local: plan JSON has none, and whoever reads it would lose the way.

################################################################################
# Network
################################################################################

resource "aws_db_subnet_group" "this" {
  count = var.subnet_group == null ? 1 : 0

  name_prefix = "${var.name}-"
  description = "Subnets of the cluster ${var.name}"
  subnet_ids  = var.subnet_ids

  tags = merge(var.tags, { Name = var.name })

  lifecycle {
    create_before_destroy = true
  }
}

# Without rules for egress: a database opens no connection.
resource "aws_security_group" "this" {
  count = var.security_group == null ? 1 : 0

  name_prefix = "${var.name}-"
  description = "Cluster ${var.name}"
  vpc_id      = var.vpc_id

  tags = merge(var.tags, { Name = var.name })

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_ingress_rule" "security_group" {
  for_each = var.allowed_security_group_ids

  security_group_id            = var.security_group == null ? aws_security_group.this[0].id : var.security_group.id
  description                  = "From ${each.key}"
  referenced_security_group_id = each.value
  ip_protocol                  = "tcp"
  from_port                    = local.port
  to_port                      = local.port

  tags = merge(var.tags, { Name = "${var.name}-from-${each.key}" })
}

resource "aws_vpc_security_group_ingress_rule" "cidr_block" {
  for_each = var.allowed_cidr_blocks

  security_group_id = var.security_group == null ? aws_security_group.this[0].id : var.security_group.id
  description       = "From ${each.key}"
  cidr_ipv4         = each.value
  ip_protocol       = "tcp"
  from_port         = local.port
  to_port           = local.port

  tags = merge(var.tags, { Name = "${var.name}-from-${each.key}" })
}

################################################################################
# Database
################################################################################

resource "aws_rds_cluster_parameter_group" "this" {
  count = var.parameter_group == null ? 1 : 0

  name_prefix = "${var.name}-"
  description = "Parameters of the cluster ${var.name}, which insists on TLS"
  family      = local.family

  parameter {
    name         = local.is_postgres ? "rds.force_ssl" : "require_secure_transport"
    value        = local.is_postgres ? "1" : "ON"
    apply_method = "immediate"
  }

  dynamic "parameter" {
    for_each = var.parameters

    content {
      name         = parameter.value.name
      value        = parameter.value.value
      apply_method = parameter.value.apply_method
    }
  }

  tags = merge(var.tags, { Name = var.name })

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_rds_cluster" "this" {
  cluster_identifier = var.name
  engine             = var.engine
  engine_version     = var.engine_version

  database_name                 = var.database_name
  port                          = local.port
  master_username               = var.master_username
  manage_master_user_password   = true
  master_user_secret_kms_key_id = var.master_user_secret_kms_key_id

  # Of the cluster: on an instance of Aurora it counts for nothing.
  iam_database_authentication_enabled = true

  storage_encrypted = true
  kms_key_id        = var.kms_key_id

  db_subnet_group_name   = var.subnet_group == null ? aws_db_subnet_group.this[0].name : var.subnet_group.name
  vpc_security_group_ids = [var.security_group == null ? aws_security_group.this[0].id : var.security_group.id]

  db_cluster_parameter_group_name = var.parameter_group == null ? aws_rds_cluster_parameter_group.this[0].name : var.parameter_group.name
  # Says why a token was refused; the client sees a wrong password only.
  enabled_cloudwatch_logs_exports = distinct(concat(["iam-db-auth-error"], var.log_exports))

  dynamic "serverlessv2_scaling_configuration" {
    for_each = var.serverlessv2_scaling == null ? [] : [var.serverlessv2_scaling]

    content {
      min_capacity = serverlessv2_scaling_configuration.value.min_capacity
      max_capacity = serverlessv2_scaling_configuration.value.max_capacity
    }
  }

  allow_major_version_upgrade  = var.allow_major_version_upgrade
  apply_immediately            = var.apply_immediately
  backup_retention_period      = var.backup_retention_period
  preferred_backup_window      = var.backup_window
  preferred_maintenance_window = var.maintenance_window
  copy_tags_to_snapshot        = true
  deletion_protection          = var.deletion_protection
  skip_final_snapshot          = var.skip_final_snapshot
  final_snapshot_identifier    = var.skip_final_snapshot ? null : "${var.name}-final"

  tags = merge(var.tags, { Name = var.name })
}

resource "aws_rds_cluster_instance" "this" {
  for_each = var.instances

  cluster_identifier         = aws_rds_cluster.this.id
  identifier                 = "${var.name}-${each.key}"
  engine                     = aws_rds_cluster.this.engine
  engine_version             = aws_rds_cluster.this.engine_version
  instance_class             = coalesce(each.value.instance_class, var.instance_class)
  promotion_tier             = each.value.promotion_tier
  publicly_accessible        = false
  apply_immediately          = var.apply_immediately
  auto_minor_version_upgrade = var.auto_minor_version_upgrade

  tags = merge(var.tags, { Name = "${var.name}-${each.key}" })
}

resource "aws_secretsmanager_secret_rotation" "master_user" {
  count = var.master_user_secret_rotation_days == null ? 0 : 1

  secret_id = aws_rds_cluster.this.master_user_secret[0].secret_arn

  rotation_rules {
    automatically_after_days = var.master_user_secret_rotation_days
  }
}

################################################################################
# Grants
################################################################################

data "aws_iam_policy_document" "connect" {
  for_each = local.grants

  statement {
    sid     = "Connect"
    actions = ["rds-db:connect"]
    resources = [format(
      "arn:%s:rds-db:%s:%s:dbuser:%s/%s",
      data.aws_partition.current.partition,
      data.aws_region.current.region,
      data.aws_caller_identity.current.account_id,
      aws_rds_cluster.this.cluster_resource_id,
      each.value.user,
    )]
  }
}

resource "aws_iam_role_policy" "connect" {
  for_each = { for key, grant in local.grants : key => grant if grant.role != null }

  name_prefix = "${substr("${var.name}-connect-${each.value.user}", 0, 101)}-"
  role        = each.value.role
  policy      = data.aws_iam_policy_document.connect[each.key].json
}

resource "aws_iam_user_policy" "connect" {
  for_each = { for key, grant in local.grants : key => grant if grant.user_name != null }

  name_prefix = "${substr("${var.name}-connect-${each.value.user}", 0, 101)}-"
  user        = each.value.user_name
  policy      = data.aws_iam_policy_document.connect[each.key].json
}

resource "aws_iam_group_policy" "connect" {
  for_each = { for key, grant in local.grants : key => grant if grant.group_name != null }

  name_prefix = "${substr("${var.name}-connect-${each.value.user}", 0, 101)}-"
  group       = each.value.group_name
  policy      = data.aws_iam_policy_document.connect[each.key].json
}
