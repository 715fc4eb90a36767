output "database" {
  description = "What the proxy modules take as their `database`"
  value = {
    kind                                = "cluster"
    identifier                          = aws_rds_cluster.this.cluster_identifier
    engine                              = var.engine
    engine_version                      = var.engine_version
    host                                = aws_rds_cluster.this.endpoint
    port                                = local.port
    resource_id                         = aws_rds_cluster.this.cluster_resource_id
    security_group_id                   = var.security_group == null ? aws_security_group.this[0].id : var.security_group.id
    iam_database_authentication_enabled = true
  }

  # A proxy finds nothing in a cluster without instances.
  depends_on = [aws_rds_cluster_instance.this]
}

output "endpoint" {
  description = "Host name of the writer, for which clients make their tokens. A name of your own in front of it makes them invalid"
  value       = aws_rds_cluster.this.endpoint
}

output "reader_endpoint" {
  description = "Host name of the readers"
  value       = aws_rds_cluster.this.reader_endpoint
}

output "port" {
  description = "Port of the cluster"
  value       = local.port
}

output "arn" {
  description = "ARN of the cluster"
  value       = aws_rds_cluster.this.arn
}

output "resource_id" {
  description = "Resource id (`cluster-…`), which grants of `rds-db:connect` name"
  value       = aws_rds_cluster.this.cluster_resource_id
}

output "user_arn_prefix" {
  description = "Followed by `/` and a user of the database: the resource of a policy of your own that allows `rds-db:connect`"
  value = format(
    "arn:%s:rds-db:%s:%s:dbuser:%s",
    data.aws_partition.current.partition,
    data.aws_region.current.region,
    data.aws_caller_identity.current.account_id,
    aws_rds_cluster.this.cluster_resource_id,
  )
}

output "security_group_id" {
  description = "Security group of the cluster"
  value       = var.security_group == null ? aws_security_group.this[0].id : var.security_group.id
}

output "master_user_secret_arn" {
  description = "ARN of the secret of the master user, which RDS makes and rotates"
  value       = aws_rds_cluster.this.master_user_secret[0].secret_arn
}

output "connection" {
  description = "What a client needs to know: it logs in with an IAM token, over TLS, and trusts the certificate bundle of RDS"
  value = {
    path     = "iam-rds"
    host     = aws_rds_cluster.this.endpoint
    port     = local.port
    database = var.database_name
    users    = sort(distinct(var.grants[*].user))
    tls      = true
    trust    = "rds"
  }
}
