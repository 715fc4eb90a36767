# The module "proxy" of this configuration.

variable "name" {
  type = string
}

variable "user" {
  type = string
}

variable "cluster" {
  type = object({
    cluster_identifier  = string
    cluster_resource_id = string
  })
}

resource "aws_iam_role" "main" {
  name = "${var.name}-proxy"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "rds.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "connect" {
  name = "connect-to-database"
  role = aws_iam_role.main.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "rds-db:connect"
      Resource = "arn:aws:rds-db:us-east-1:123456789012:dbuser:${var.cluster.cluster_resource_id}/${var.user}"
    }]
  })
}

resource "aws_db_proxy" "main" {
  name                   = "${var.name}-proxy"
  engine_family          = "POSTGRESQL"
  require_tls            = true
  default_auth_scheme    = "IAM_AUTH"
  role_arn               = aws_iam_role.main.arn
  vpc_subnet_ids         = ["subnet-0aaa0000000000001", "subnet-0bbb0000000000002"]
  vpc_security_group_ids = ["sg-0aa00000000000002"]
}

resource "aws_db_proxy_default_target_group" "main" {
  db_proxy_name = aws_db_proxy.main.name
}

resource "aws_db_proxy_target" "main" {
  db_proxy_name         = aws_db_proxy.main.name
  target_group_name     = aws_db_proxy_default_target_group.main.name
  db_cluster_identifier = var.cluster.cluster_identifier
}

output "resource_id" {
  value = element(split(":", aws_db_proxy.main.arn), 6)
}
