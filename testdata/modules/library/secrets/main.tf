resource "aws_secretsmanager_secret" "this" {
  for_each = var.users

  name                    = join("/", compact([var.prefix, each.key]))
  description             = try(each.value.description, null)
  kms_key_id              = lookup(each.value, "kms_key_id", null)
  recovery_window_in_days = var.recovery_window_in_days

  tags = merge(var.tags, { User = coalesce(each.value.username, each.key) })
}

resource "aws_secretsmanager_secret_version" "this" {
  for_each = { for key, user in var.users : key => user if user.password != null }

  secret_id = aws_secretsmanager_secret.this[each.key].id
  secret_string = jsonencode(merge(
    { username = coalesce(each.value.username, each.key) },
    { password = each.value.password },
    each.value.extra,
  ))
}
