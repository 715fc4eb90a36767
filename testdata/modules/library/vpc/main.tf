locals {
  # Subnets wrap around when there are more of them than zones.
  zone_count = max(length(var.azs), 1)
  names      = [for index, cidr in var.database_subnets : format("%s-db-%s", var.name, element(concat(var.azs, [""]), index % local.zone_count))]
}

resource "aws_vpc" "this" {
  count = var.create ? 1 : 0

  cidr_block           = var.cidr
  enable_dns_support   = true
  enable_dns_hostnames = true

  tags = merge({ Name = var.name }, var.tags, var.vpc_tags)
}

resource "aws_subnet" "database" {
  count = var.create && length(var.database_subnets) > 0 ? length(var.database_subnets) : 0

  vpc_id            = aws_vpc.this[0].id
  cidr_block        = element(concat(var.database_subnets, [""]), count.index)
  availability_zone = length(regexall("^[a-z]{2}-", element(var.azs, count.index))) > 0 ? element(var.azs, count.index) : null

  tags = merge({ Name = try(local.names[count.index], var.name) }, var.tags)
}

resource "aws_db_subnet_group" "database" {
  count = var.create && var.create_database_subnet_group && length(var.database_subnets) > 0 ? 1 : 0

  name       = lower(coalesce(var.database_subnet_group_name, var.name))
  subnet_ids = aws_subnet.database[*].id

  tags = merge({ Name = lower(coalesce(var.database_subnet_group_name, var.name)) }, var.tags)
}
