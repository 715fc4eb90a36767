# The module "database" of this configuration.

resource "aws_db_instance" "this" {
  identifier                  = "orders-db"
  engine                      = "mysql"
  engine_version              = "8.0.40"
  instance_class              = "db.m6i.large"
  allocated_storage           = 100
  username                    = "root_admin"
  manage_master_user_password = true
  skip_final_snapshot         = true
}

output "identifier" {
  value = aws_db_instance.this.identifier
}
