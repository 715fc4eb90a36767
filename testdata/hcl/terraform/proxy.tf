resource "aws_db_proxy" "main" {
  name                   = "${var.name}-proxy"
  engine_family          = "POSTGRESQL"
  require_tls            = true
  role_arn               = aws_iam_role.proxy.arn
  vpc_subnet_ids         = var.subnet_ids
  vpc_security_group_ids = [aws_security_group.proxy.id]

  dynamic "auth" {
    for_each = { for k, v in var.auth : k => v if try(v.enabled, true) }
    content {
      auth_scheme               = lookup(auth.value, "auth_scheme", "SECRETS")
      client_password_auth_type = try(auth.value.client_password_auth_type, null)
      iam_auth                  = try(auth.value.iam_auth, "REQUIRED")
      secret_arn                = auth.value.secret_arn
    }
  }

  tags = merge(var.tags, { Name = "proxy" })

  lifecycle {
    ignore_changes = [tags["owner"], auth]
    precondition {
      condition     = length(var.subnet_ids) > 1
      error_message = "At least two subnets."
    }
  }
}
