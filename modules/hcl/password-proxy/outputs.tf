output "endpoint" {
  description = "Host name of the proxy"
  value       = aws_db_proxy.this.endpoint
}

output "port" {
  description = "Port of the proxy: that of its engine, whatever the port of the database"
  value       = local.port
}

output "arn" {
  description = "ARN of the proxy"
  value       = aws_db_proxy.this.arn
}

output "name" {
  description = "Name of the proxy"
  value       = aws_db_proxy.this.name
}

output "resource_id" {
  description = "Resource id of the proxy (`prx-…`)"
  value       = element(split(":", aws_db_proxy.this.arn), 6)
}

output "security_group_id" {
  description = "Security group of the proxy"
  value       = var.security_group == null ? aws_security_group.this[0].id : var.security_group.id
}

output "role_arn" {
  description = "ARN of the role by which the proxy reads the secrets"
  value       = var.role == null ? aws_iam_role.this[0].arn : var.role.arn
}

output "secret_arns" {
  description = "ARNs of the secrets, by user"
  value = merge(
    { for user in var.users : user => aws_secretsmanager_secret.this[user].arn },
    { for user, secret in var.secrets : user => secret.arn },
  )
}

output "connection" {
  description = "What a client needs to know: it logs in with the password in the secret of its user, over TLS, and trusts the roots of Amazon"
  value = {
    path  = "password-proxy-rds"
    host  = aws_db_proxy.this.endpoint
    port  = local.port
    users = sort(setunion(var.users, keys(var.secrets)))
    tls   = true
    trust = "amazon"
  }
}
