locals {
  this_id = element(concat(aws_security_group.this[*].id, [""]), 0)

  # One rule for each pair of a service and a group that may use it.
  pairs = {
    for pair in setproduct(keys(var.services), keys(var.allowed_groups)) :
    "${pair[0]}-${pair[1]}" => {
      port  = var.services[pair[0]]
      group = var.allowed_groups[pair[1]]
    }
  }
}

resource "aws_security_group" "this" {
  count = var.create ? 1 : 0

  name        = var.use_name_prefix ? null : var.name
  name_prefix = var.use_name_prefix ? "${var.name}-" : null
  description = coalesce(var.description, "Security group ${var.name}")
  vpc_id      = var.vpc_id

  tags = merge(var.tags, { Name = var.name })

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_ingress_rule" "from_group" {
  for_each = { for key, rule in local.pairs : key => rule if var.create }

  security_group_id            = local.this_id
  referenced_security_group_id = each.value.group
  ip_protocol                  = "tcp"
  from_port                    = each.value.port
  to_port                      = each.value.port
  description                  = each.key
}

resource "aws_vpc_security_group_egress_rule" "this" {
  for_each = { for key, rule in var.egress : key => rule if var.create }

  security_group_id            = one(aws_security_group.this[*].id)
  ip_protocol                  = each.value.protocol
  from_port                    = each.value.protocol == "-1" ? null : each.value.from_port
  to_port                      = each.value.protocol == "-1" ? null : coalesce(each.value.to_port, each.value.from_port)
  cidr_ipv4                    = each.value.group == null ? coalesce(each.value.cidr, "0.0.0.0/0") : null
  referenced_security_group_id = each.value.group
}
