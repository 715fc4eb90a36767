output "db_instance_identifier" {
  value = try(aws_db_instance.this[0].identifier, null)
}

output "db_instance_resource_id" {
  value = try(aws_db_instance.this[0].resource_id, null)
}

output "db_instance_arn" {
  value = try(aws_db_instance.this[0].arn, null)
}

output "db_instance_address" {
  value = try(aws_db_instance.this[0].address, null)
}

output "db_instance_master_user_secret_arn" {
  description = "Of the secret that RDS manages; null where it manages none"
  value       = try(aws_db_instance.this[0].master_user_secret[0].secret_arn, null)
}
