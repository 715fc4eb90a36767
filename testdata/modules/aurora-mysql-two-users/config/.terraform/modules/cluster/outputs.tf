output "cluster_id" {
  value = try(aws_rds_cluster.this[0].id, null)
}

output "cluster_resource_id" {
  value = try(aws_rds_cluster.this[0].cluster_resource_id, null)
}

output "cluster_arn" {
  value = element(concat(aws_rds_cluster.this[*].arn, [""]), 0)
}

output "cluster_port" {
  value = try(aws_rds_cluster.this[0].port, null)
}

output "cluster_instances" {
  description = "The instances with all their attributes"
  value       = aws_rds_cluster_instance.this
}
