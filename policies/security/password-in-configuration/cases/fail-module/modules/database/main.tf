variable "password" {
  type      = string
  sensitive = true
}

resource "aws_db_instance" "this" {
  identifier          = "orders"
  engine              = "mysql"
  engine_version      = "8.4.3"
  instance_class      = "db.t4g.medium"
  allocated_storage   = 20
  username            = "root_admin"
  password            = var.password
  skip_final_snapshot = true
}
