output "db_instance_identifier" {
  value = module.db_instance.db_instance_identifier
}

output "db_instance_resource_id" {
  value = module.db_instance.db_instance_resource_id
}

output "db_instance_arn" {
  value = module.db_instance.db_instance_arn
}

output "db_instance_address" {
  value = module.db_instance.db_instance_address
}

output "db_instance_master_user_secret_arn" {
  value = module.db_instance.db_instance_master_user_secret_arn
}
