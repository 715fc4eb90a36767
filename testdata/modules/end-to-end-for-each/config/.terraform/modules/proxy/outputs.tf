output "proxy_id" {
  value = try(aws_db_proxy.this[0].id, null)
}

output "proxy_arn" {
  value = try(aws_db_proxy.this[0].arn, null)
}

output "proxy_name" {
  value = try(aws_db_proxy.this[0].name, null)
}

output "proxy_endpoint" {
  value = try(aws_db_proxy.this[0].endpoint, null)
}

output "proxy_resource_id" {
  description = "What an rds-db:connect grant names: the last part of the ARN"
  value       = element(split(":", try(aws_db_proxy.this[0].arn, "")), 6)
}

output "proxy_target_type" {
  value = try(aws_db_proxy_target.db_instance[0].type, aws_db_proxy_target.db_cluster[0].type, null)
}

output "db_proxy_endpoints" {
  value = aws_db_proxy_endpoint.this
}

output "iam_role_arn" {
  value = try(aws_iam_role.this[0].arn, null)
}

output "iam_role_name" {
  value = try(aws_iam_role.this[0].name, null)
}
