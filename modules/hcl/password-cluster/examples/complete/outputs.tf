output "endpoint" {
  description = "Host name for clients"
  value       = module.database.endpoint
}

output "port" {
  description = "Port for clients"
  value       = module.database.port
}

output "master_user_secret_arn" {
  description = "ARN of the secret of the master user"
  value       = module.database.master_user_secret_arn
}

output "connection" {
  description = "What a client needs to know"
  value       = module.database.connection
}
