data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

data "aws_region" "current" {}

locals {
  family = contains(["postgres", "aurora-postgresql"], var.database.engine) ? "POSTGRESQL" : "MYSQL"
  # Where a proxy listens, whatever the port of its database.
  port = local.family == "POSTGRESQL" ? 5432 : 3306

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

resource "aws_security_group" "this" {
  count = var.security_group == null ? 1 : 0

  name_prefix = "${var.name}-proxy-"
  description = "Proxy ${var.name}"
  vpc_id      = var.vpc_id

  tags = merge(var.tags, { Name = "${var.name}-proxy" })

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

  tags = merge(var.tags, { Name = "${var.name}-proxy-from-${each.key}" })
}

resource "aws_vpc_security_group_ingress_rule" "cidr_block" {
  for_each = var.allowed_cidr_blocks

  security_group_id = var.security_group == null ? aws_security_group.this[0].id : var.security_group.id
  description       = "From ${each.key}"
  cidr_ipv4         = each.value
  ip_protocol       = "tcp"
  from_port         = local.port
  to_port           = local.port

  tags = merge(var.tags, { Name = "${var.name}-proxy-from-${each.key}" })
}

resource "aws_vpc_security_group_egress_rule" "database" {
  security_group_id            = var.security_group == null ? aws_security_group.this[0].id : var.security_group.id
  description                  = "To the database ${var.database.identifier}"
  referenced_security_group_id = var.database.security_group_id
  ip_protocol                  = "tcp"
  from_port                    = var.database.port
  to_port                      = var.database.port

  tags = merge(var.tags, { Name = "${var.name}-proxy-to-database" })
}

resource "aws_vpc_security_group_ingress_rule" "database" {
  count = var.create_database_rule ? 1 : 0

  security_group_id            = var.database.security_group_id
  description                  = "From the proxy ${var.name}"
  referenced_security_group_id = var.security_group == null ? aws_security_group.this[0].id : var.security_group.id
  ip_protocol                  = "tcp"
  from_port                    = var.database.port
  to_port                      = var.database.port

  tags = merge(var.tags, { Name = "${var.name}-database-from-proxy" })
}

################################################################################
# Role of the proxy
################################################################################

data "aws_iam_policy_document" "assume_role" {
  statement {
    sid     = "Assume"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["rds.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "this" {
  count = var.role == null ? 1 : 0

  name                 = "${var.name}-proxy"
  description          = "Role of the proxy ${var.name}"
  path                 = var.role_path
  permissions_boundary = var.role_permissions_boundary
  assume_role_policy   = data.aws_iam_policy_document.assume_role.json

  tags = merge(var.tags, { Name = "${var.name}-proxy" })
}

# At the database the proxy is a client like any other: IAM compares the resource id of the database there.
data "aws_iam_policy_document" "database" {
  statement {
    sid     = "ConnectToDatabase"
    actions = ["rds-db:connect"]
    resources = [for user in var.users : format(
      "arn:%s:rds-db:%s:%s:dbuser:%s/%s",
      data.aws_partition.current.partition,
      data.aws_region.current.region,
      data.aws_caller_identity.current.account_id,
      var.database.resource_id,
      user,
    )]
  }
}

resource "aws_iam_role_policy" "database" {
  name   = "${var.name}-proxy-database"
  role   = var.role == null ? aws_iam_role.this[0].name : var.role.name
  policy = data.aws_iam_policy_document.database.json
}

################################################################################
# Proxy
################################################################################

resource "aws_db_proxy" "this" {
  name           = var.name
  engine_family  = local.family
  role_arn       = var.role == null ? aws_iam_role.this[0].arn : var.role.arn
  vpc_subnet_ids = var.subnet_ids
  vpc_security_group_ids = [
    var.security_group == null ? aws_security_group.this[0].id : var.security_group.id,
  ]

  # Tokens from the client to the proxy, and from the proxy to the database.
  default_auth_scheme = "IAM_AUTH"
  require_tls         = true
  idle_client_timeout = var.idle_client_timeout
  debug_logging       = var.debug_logging

  tags = merge(var.tags, { Name = var.name })
}

resource "aws_db_proxy_default_target_group" "this" {
  db_proxy_name = aws_db_proxy.this.name

  connection_pool_config {
    connection_borrow_timeout    = var.connection_pool.connection_borrow_timeout
    init_query                   = var.connection_pool.init_query
    max_connections_percent      = var.connection_pool.max_connections_percent
    max_idle_connections_percent = var.connection_pool.max_idle_connections_percent
    session_pinning_filters      = var.connection_pool.session_pinning_filters
  }
}

resource "aws_db_proxy_target" "this" {
  db_proxy_name          = aws_db_proxy.this.name
  target_group_name      = aws_db_proxy_default_target_group.this.name
  db_instance_identifier = var.database.kind == "instance" ? var.database.identifier : null
  db_cluster_identifier  = var.database.kind == "cluster" ? var.database.identifier : null

  # A proxy that may not log in when its target is registered reports AUTH_FAILURE.
  depends_on = [
    aws_iam_role_policy.database,
    aws_vpc_security_group_egress_rule.database,
    aws_vpc_security_group_ingress_rule.database,
  ]
}

################################################################################
# Grants
################################################################################

# IAM compares the resource id of the proxy, prx-…, which is the last part of its ARN and no attribute.
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
      element(split(":", aws_db_proxy.this.arn), 6),
      each.value.user,
    )]
  }
}

resource "aws_iam_role_policy" "connect" {
  for_each = { for key, grant in local.grants : key => grant if grant.role != null }

  name_prefix = "${substr("${var.name}-proxy-connect-${each.value.user}", 0, 101)}-"
  role        = each.value.role
  policy      = data.aws_iam_policy_document.connect[each.key].json
}

resource "aws_iam_user_policy" "connect" {
  for_each = { for key, grant in local.grants : key => grant if grant.user_name != null }

  name_prefix = "${substr("${var.name}-proxy-connect-${each.value.user}", 0, 101)}-"
  user        = each.value.user_name
  policy      = data.aws_iam_policy_document.connect[each.key].json
}

resource "aws_iam_group_policy" "connect" {
  for_each = { for key, grant in local.grants : key => grant if grant.group_name != null }

  name_prefix = "${substr("${var.name}-proxy-connect-${each.value.user}", 0, 101)}-"
  group       = each.value.group_name
  policy      = data.aws_iam_policy_document.connect[each.key].json
}
