output "vpc_id" {
  value = try(aws_vpc.this[0].id, null)
}

output "database_subnets" {
  description = "Ids of the subnets, in the order of their CIDR blocks"
  value       = aws_subnet.database[*].id
}

output "database_subnet_arns" {
  value = aws_subnet.database.*.arn
}

output "database_subnet_group_name" {
  value = one(aws_db_subnet_group.database[*].name)
}
