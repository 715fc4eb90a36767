variable "name" {
  type = string
}

variable "security_group_ids" {
  type = list(string)
}

resource "aws_rds_cluster" "main" {
  cluster_identifier = var.name
  master_username = "root_admin"
  master_password = "canary-master-9f2c"
  engine = "aurora-mysql"
  engine_version = "8.0.mysql_aurora.3.08.0"
  vpc_security_group_ids = var.security_group_ids
  skip_final_snapshot = true
  iam_database_authentication_enabled = true
}

resource "aws_rds_cluster_instance" "main" {
  count = 2
  cluster_identifier = aws_rds_cluster.main.id
  identifier = "orders-db-${count.index}"
  engine = "aurora-mysql"
  instance_class = "db.r6g.large"
}

output "identifier" {
  value = aws_rds_cluster.main.cluster_identifier
}

output "resource_id" {
  value = aws_rds_cluster.main.cluster_resource_id
}

output "id" {
  value = aws_rds_cluster.main.id
}

output "arn" {
  value = aws_rds_cluster.main.arn
}

output "endpoint" {
  value = aws_rds_cluster.main.endpoint
}
