output "url" {
  description = "Address of the run task: `url` of `tfe_organization_run_task`"
  value       = aws_lambda_function_url.this.function_url

  # HCP Terraform posts to it as soon as the run task is made.
  depends_on = [aws_lambda_permission.function_url, aws_lambda_permission.function]
}

output "function_arn" {
  description = "ARN of the function"
  value       = aws_lambda_function.this.arn
}

output "role_name" {
  description = "Name of the role of the function"
  value       = aws_iam_role.this.name
}

output "log_group_name" {
  description = "Name of the log group of the function"
  value       = aws_cloudwatch_log_group.this.name
}

output "hmac_key_secret_arn" {
  description = "ARN of the secret with the HMAC key"
  value       = aws_secretsmanager_secret.hmac_key.arn
}
