output "arns" {
  description = "ARNs of the secrets, by key"
  value       = { for key, secret in aws_secretsmanager_secret.this : key => secret.arn }
}

output "arn_list" {
  value = values(aws_secretsmanager_secret.this)[*].arn
}

output "secrets" {
  description = "The secrets as they are"
  value       = aws_secretsmanager_secret.this
}
