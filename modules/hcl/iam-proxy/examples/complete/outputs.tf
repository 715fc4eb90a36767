output "endpoint" {
  description = "Host name for clients"
  value       = module.proxy.endpoint
}

output "port" {
  description = "Port for clients"
  value       = module.proxy.port
}

output "secret_arns" {
  description = "ARNs of the secrets, by user"
  value       = module.proxy.secret_arns
}

output "connection" {
  description = "What a client needs to know"
  value       = module.proxy.connection
}
