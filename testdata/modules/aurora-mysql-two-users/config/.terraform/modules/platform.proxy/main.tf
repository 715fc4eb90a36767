locals {
  create_role = var.create && var.create_iam_role

  role_arn  = local.create_role ? aws_iam_role.this[0].arn : var.iam_role_arn
  role_name = coalesce(var.iam_role_name, var.name)

  # What the role reads, in whatever order and however often it is named.
  secret_arns = distinct([for key, auth in var.auth : auth.secret_arn])
  reads       = length(var.auth) > 0
}

data "aws_partition" "current" {}
data "aws_region" "current" {}
data "aws_caller_identity" "current" {}

resource "aws_db_proxy" "this" {
  count = var.create ? 1 : 0

  name                   = var.name
  engine_family          = var.engine_family
  require_tls            = var.require_tls
  debug_logging          = var.debug_logging
  idle_client_timeout    = var.idle_client_timeout
  default_auth_scheme    = var.default_auth_scheme
  role_arn               = local.role_arn
  vpc_subnet_ids         = var.vpc_subnet_ids
  vpc_security_group_ids = var.vpc_security_group_ids

  dynamic "auth" {
    for_each = var.auth

    content {
      auth_scheme               = try(auth.value.auth_scheme, "SECRETS")
      client_password_auth_type = try(auth.value.client_password_auth_type, null)
      description               = try(auth.value.description, auth.key)
      iam_auth                  = try(auth.value.iam_auth, null)
      secret_arn                = auth.value.secret_arn
      username                  = try(auth.value.username, null)
    }
  }

  tags = merge(var.tags, var.proxy_tags)
}

resource "aws_db_proxy_default_target_group" "this" {
  count = var.create ? 1 : 0

  db_proxy_name = aws_db_proxy.this[0].name

  connection_pool_config {
    connection_borrow_timeout = var.connection_borrow_timeout
    max_connections_percent   = var.max_connections_percent
  }
}

resource "aws_db_proxy_target" "db_instance" {
  count = var.create && var.target_db_instance ? 1 : 0

  db_proxy_name          = aws_db_proxy.this[0].name
  target_group_name      = aws_db_proxy_default_target_group.this[0].name
  db_instance_identifier = var.db_instance_identifier
}

resource "aws_db_proxy_target" "db_cluster" {
  count = var.create && var.target_db_cluster ? 1 : 0

  db_proxy_name         = aws_db_proxy.this[0].name
  target_group_name     = aws_db_proxy_default_target_group.this[0].name
  db_cluster_identifier = var.db_cluster_identifier
}

resource "aws_db_proxy_endpoint" "this" {
  for_each = { for key, endpoint in var.endpoints : key => endpoint if var.create }

  db_proxy_name          = one(aws_db_proxy.this[*].name)
  db_proxy_endpoint_name = coalesce(each.value.name, "${var.name}-${each.key}")
  vpc_subnet_ids         = coalescelist(each.value.vpc_subnet_ids, var.vpc_subnet_ids)
  vpc_security_group_ids = try(each.value.vpc_security_group_ids, null)
  target_role            = lookup(each.value, "target_role", null)

  tags = lookup(each.value, "tags", var.tags)
}

data "aws_iam_policy_document" "assume_role" {
  count = local.create_role ? 1 : 0

  statement {
    sid     = "RDSAssume"
    effect  = "Allow"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["rds.${data.aws_partition.current.dns_suffix}"]
    }
  }
}

resource "aws_iam_role" "this" {
  count = local.create_role ? 1 : 0

  name        = var.use_role_name_prefix ? null : local.role_name
  name_prefix = var.use_role_name_prefix ? "${local.role_name}-" : null
  path        = var.iam_role_path

  assume_role_policy    = data.aws_iam_policy_document.assume_role[0].json
  force_detach_policies = true
  permissions_boundary  = var.iam_role_permissions_boundary

  tags = merge(var.tags, var.iam_role_tags)
}

data "aws_iam_policy_document" "this" {
  count = local.create_role && var.create_iam_policy ? 1 : 0

  source_policy_documents = compact([var.iam_policy_json])

  dynamic "statement" {
    for_each = local.reads ? [local.secret_arns] : []

    content {
      sid    = "GetSecrets"
      effect = "Allow"
      actions = [
        "secretsmanager:GetSecretValue",
        "secretsmanager:DescribeSecret",
      ]
      resources = statement.value
    }
  }

  dynamic "statement" {
    for_each = local.reads ? [1] : []

    content {
      sid       = "DecryptSecrets"
      effect    = "Allow"
      actions   = ["kms:Decrypt"]
      resources = coalescelist(var.kms_key_arns, ["arn:${data.aws_partition.current.partition}:kms:*:*:key/*"])

      condition {
        test     = "StringEquals"
        variable = "kms:ViaService"
        values   = ["secretsmanager.${data.aws_region.current.region}.${data.aws_partition.current.dns_suffix}"]
      }
    }
  }

  dynamic "statement" {
    for_each = { for key, grant in var.connect_as : key => grant if var.default_auth_scheme == "IAM_AUTH" }

    content {
      sid     = title(statement.key)
      actions = ["rds-db:connect"]
      resources = [
        for user in statement.value.users : format(
          "arn:%s:rds-db:%s:%s:dbuser:%s/%s",
          data.aws_partition.current.partition,
          data.aws_region.current.region,
          data.aws_caller_identity.current.account_id,
          statement.value.resource_id,
          user,
        )
      ]
    }
  }
}

resource "aws_iam_role_policy" "this" {
  count = local.create_role && var.create_iam_policy ? 1 : 0

  name   = coalesce(var.iam_policy_name, var.name)
  policy = data.aws_iam_policy_document.this[0].json
  role   = aws_iam_role.this[0].id
}
