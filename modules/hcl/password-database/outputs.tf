output "database" {
  description = "What the proxy modules take as their `database`"
  value = {
    kind                                = "instance"
    identifier                          = aws_db_instance.this.identifier
    engine                              = var.engine
    engine_version                      = var.engine_version
    host                                = aws_db_instance.this.address
    port                                = local.port
    resource_id                         = aws_db_instance.this.resource_id
    security_group_id                   = var.security_group == null ? aws_security_group.this[0].id : var.security_group.id
    iam_database_authentication_enabled = false
  }
}

output "endpoint" {
  description = "Host name of the database"
  value       = aws_db_instance.this.address
}

output "port" {
  description = "Port of the database"
  value       = local.port
}

output "arn" {
  description = "ARN of the database"
  value       = aws_db_instance.this.arn
}

output "resource_id" {
  description = "Resource id (`db-…`)"
  value       = aws_db_instance.this.resource_id
}

output "security_group_id" {
  description = "Security group of the database"
  value       = var.security_group == null ? aws_security_group.this[0].id : var.security_group.id
}

output "master_user_secret_arn" {
  description = "ARN of the secret of the master user, which RDS makes and rotates"
  value       = aws_db_instance.this.master_user_secret[0].secret_arn
}

output "connection" {
  description = "What a client needs to know: it logs in with a password, over TLS, and trusts the certificate bundle of RDS"
  value = {
    path     = "password-rds"
    host     = aws_db_instance.this.address
    port     = local.port
    database = var.db_name
    users    = [var.master_username]
    tls      = true
    trust    = "rds"
  }
}
