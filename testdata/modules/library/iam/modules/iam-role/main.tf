data "aws_partition" "current" {
  count = var.create ? 1 : 0
}

locals {
  dns_suffix    = try(data.aws_partition.current[0].dns_suffix, "amazonaws.com")
  create_inline = var.create && (length(var.policy_statements) > 0 || length(var.source_policy_documents) > 0)
}

data "aws_iam_policy_document" "trust" {
  count = var.create ? 1 : 0

  dynamic "statement" {
    for_each = length(var.trusted_services) > 0 ? [1] : []

    content {
      sid     = "Services"
      effect  = "Allow"
      actions = var.trust_actions

      principals {
        type        = "Service"
        identifiers = [for service in var.trusted_services : "${service}.${local.dns_suffix}"]
      }
    }
  }

  dynamic "statement" {
    for_each = { for key, trust in var.trust_statements : key => trust }

    content {
      sid     = coalesce(statement.value.sid, statement.key)
      actions = statement.value.actions

      dynamic "principals" {
        for_each = statement.value.principals

        content {
          type        = principals.value.type
          identifiers = principals.value.identifiers
        }
      }

      dynamic "condition" {
        for_each = statement.value.conditions

        content {
          test     = condition.value.test
          variable = condition.value.variable
          values   = condition.value.values
        }
      }
    }
  }
}

resource "aws_iam_role" "this" {
  count = var.create ? 1 : 0

  name                 = var.use_name_prefix ? null : var.name
  name_prefix          = var.use_name_prefix ? "${var.name}-" : null
  path                 = var.path
  assume_role_policy   = data.aws_iam_policy_document.trust[0].json
  permissions_boundary = var.permissions_boundary

  tags = var.tags
}

resource "aws_iam_role_policy_attachment" "this" {
  for_each = { for key, arn in var.policies : key => arn if var.create }

  role       = aws_iam_role.this[0].name
  policy_arn = each.value
}

data "aws_iam_policy_document" "inline" {
  count = local.create_inline ? 1 : 0

  source_policy_documents   = var.source_policy_documents
  override_policy_documents = var.override_policy_documents

  dynamic "statement" {
    for_each = var.policy_statements

    content {
      sid           = try(coalesce(statement.value.sid, statement.key))
      effect        = statement.value.effect
      actions       = statement.value.actions
      not_actions   = statement.value.not_actions
      resources     = statement.value.resources
      not_resources = statement.value.not_resources

      dynamic "condition" {
        for_each = coalesce(statement.value.conditions, [])

        content {
          test     = condition.value.test
          variable = condition.value.variable
          values   = condition.value.values
        }
      }
    }
  }
}

resource "aws_iam_role_policy" "inline" {
  count = local.create_inline ? 1 : 0

  name_prefix = "${var.name}-"
  role        = aws_iam_role.this[0].name
  policy      = data.aws_iam_policy_document.inline[0].json
}
