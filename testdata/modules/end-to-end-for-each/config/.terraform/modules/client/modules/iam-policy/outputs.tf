output "id" {
  value = try(aws_iam_policy.this[0].id, "")
}

output "arn" {
  value = try(aws_iam_policy.this[0].arn, "")
}

output "name" {
  value = one(aws_iam_policy.this[*].name)
}
