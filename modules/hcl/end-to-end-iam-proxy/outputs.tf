output "endpoint" {
  description = "Host name of the proxy, for which clients make their tokens"
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
  description = "Resource id of the proxy (`prx-…`), which grants of `rds-db:connect` name"
  value       = element(split(":", aws_db_proxy.this.arn), 6)
}

output "user_arn_prefix" {
  description = "Followed by `/` and a user of the database: the resource of a policy of your own that allows `rds-db:connect`"
  value = format(
    "arn:%s:rds-db:%s:%s:dbuser:%s",
    data.aws_partition.current.partition,
    data.aws_region.current.region,
    data.aws_caller_identity.current.account_id,
    element(split(":", aws_db_proxy.this.arn), 6),
  )
}

output "security_group_id" {
  description = "Security group of the proxy"
  value       = var.security_group == null ? aws_security_group.this[0].id : var.security_group.id
}

output "role_arn" {
  description = "ARN of the role by which the proxy logs in to the database"
  value       = var.role == null ? aws_iam_role.this[0].arn : var.role.arn
}

output "connection" {
  description = "What a client needs to know: it logs in with an IAM token, over TLS, and trusts the roots of Amazon"
  value = {
    path  = "iam-proxy-iam-rds"
    host  = aws_db_proxy.this.endpoint
    port  = local.port
    users = sort(var.users)
    tls   = true
    trust = "amazon"
  }
}
