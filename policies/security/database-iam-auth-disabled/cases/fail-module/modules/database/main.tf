variable "identifier" {
  type = string
}

variable "iam" {
  type    = bool
  default = false
}

resource "aws_db_instance" "this" {
  identifier                          = var.identifier
  engine                              = "mysql"
  engine_version                      = "8.4.3"
  instance_class                      = "db.t4g.medium"
  allocated_storage                   = 20
  username                            = "root_admin"
  manage_master_user_password         = true
  skip_final_snapshot                 = true
  iam_database_authentication_enabled = var.iam
}
