output "endpoint" {
  description = "Host name for clients"
  value       = module.database.endpoint
}

output "connection" {
  description = "What a client needs to know"
  value       = module.database.connection
}
