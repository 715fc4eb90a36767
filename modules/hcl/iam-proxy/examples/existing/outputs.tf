output "endpoint" {
  description = "Host name for clients"
  value       = module.proxy.endpoint
}

output "connection" {
  description = "What a client needs to know"
  value       = module.proxy.connection
}
