output "security_group_id" {
  value = local.this_id
}

output "security_group_arn" {
  value = try(aws_security_group.this[0].arn, "")
}
