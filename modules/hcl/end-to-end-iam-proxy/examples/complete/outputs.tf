output "endpoint" {
  description = "Host name for clients"
  value       = module.proxy.endpoint
}

output "port" {
  description = "Port for clients"
  value       = module.proxy.port
}

output "connection" {
  description = "What a client needs to know"
  value       = module.proxy.connection
}
