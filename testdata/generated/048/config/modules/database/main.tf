variable "name" {
  type = string
}

variable "security_group_ids" {
  type = list(string)
}

resource "aws_db_instance" "main" {
  identifier = var.name
  instance_class = "db.m6i.large"
  allocated_storage = 100
  storage_encrypted = true
  username = "root_admin"
  password = "canary-master-9f2c"
  engine = "mariadb"
  engine_version = "10.11.10"
  vpc_security_group_ids = var.security_group_ids
  skip_final_snapshot = true
  iam_database_authentication_enabled = true
}

output "identifier" {
  value = aws_db_instance.main.identifier
}

output "resource_id" {
  value = aws_db_instance.main.resource_id
}

output "id" {
  value = aws_db_instance.main.id
}

output "arn" {
  value = aws_db_instance.main.arn
}

output "endpoint" {
  value = aws_db_instance.main.endpoint
}
