locals {
  name   = coalesce(var.name, "main")
  ports  = { postgres = 5432, mysql = 3306 }
  port   = local.ports[var.engine]
  users  = { for u in var.users : u.name => merge(u, { arn = "${local.prefix}/${u.name}" }) }
  first  = try(values(local.users)[0].arn, null)
  subnet = element(data.aws_subnets.private.ids, 0)
  tags = {
    "kubernetes.io/cluster/${var.cluster}" = "owned"
    (var.tag_key)                          = "yes"
  }
}
