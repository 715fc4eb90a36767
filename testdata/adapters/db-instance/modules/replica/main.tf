variable "source_database" {}
variable "groups" {}

resource "aws_db_instance" "this" {
  for_each               = var.groups
  instance_class         = "db.t4g.micro"
  replicate_source_db    = var.source_database.arn
  domain_fqdn            = each.key
  vpc_security_group_ids = each.value
}
