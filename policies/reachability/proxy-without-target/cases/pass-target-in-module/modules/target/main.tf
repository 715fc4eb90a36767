# The module "target" of this configuration.

variable "proxy_name" {
  type = string
}

variable "cluster_identifier" {
  type = string
}

resource "aws_db_proxy_default_target_group" "main" {
  db_proxy_name = var.proxy_name
}

resource "aws_db_proxy_target" "main" {
  db_proxy_name         = aws_db_proxy_default_target_group.main.db_proxy_name
  target_group_name     = aws_db_proxy_default_target_group.main.name
  db_cluster_identifier = var.cluster_identifier
}
