variable "identifier" {
  type = string
}

variable "port" {
  type = number
}

variable "engine_version" {
  type = string
}

variable "tls" {
  type = bool
}

variable "iam" {
  type    = bool
  default = false
}

variable "role_arn" {
  type = string
}

variable "users" {
  type = any
}

resource "aws_db_instance" "this" {
  identifier                          = var.identifier
  engine                              = "postgres"
  engine_version                      = var.engine_version
  instance_class                      = "db.t4g.micro"
  allocated_storage                   = 20
  port                                = var.port
  username                            = "root"
  manage_master_user_password         = true
  iam_database_authentication_enabled = var.iam
}

module "proxy" {
  source = "../proxy"

  name       = "${var.identifier}-proxy"
  tls        = var.tls
  role_arn   = var.role_arn
  users      = var.users
  identifier = aws_db_instance.this.identifier
}
