count = var.enabled ? 1 : 0
value = var.enabled ? aws_db_proxy.main[0].endpoint : null
