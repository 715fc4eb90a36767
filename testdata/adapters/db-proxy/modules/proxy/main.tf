variable "name" {}
variable "secret" {}
variable "role" {}

resource "aws_db_proxy" "this" {
  name           = var.name
  engine_family  = "MYSQL"
  role_arn       = var.role.arn
  vpc_subnet_ids = ["subnet-1"]

  auth {
    auth_scheme = "SECRETS"
    secret_arn  = var.secret.arn
  }
}
