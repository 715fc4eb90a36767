output "policy_arn" {
  value = module.policy.arn
}

output "policy_json" {
  value = data.aws_iam_policy_document.connect.json
}

output "resources" {
  value = local.arns
}
