# The module "data" of this configuration.

variable "settings" {
  type = any
}

resource "aws_db_instance" "this" {
  identifier                          = "${var.settings.name}-db"
  engine                              = "mysql"
  engine_version                      = "8.0.40"
  instance_class                      = "db.m6i.large"
  allocated_storage                   = 100
  username                            = "root_admin"
  password                            = "canary-master-9f2c"
  iam_database_authentication_enabled = var.settings.iam
  skip_final_snapshot                 = true
}

resource "aws_secretsmanager_secret" "this" {
  name = "${var.settings.name}/${var.settings.user}"
}

resource "aws_secretsmanager_secret_version" "this" {
  secret_id = aws_secretsmanager_secret.this.id
  secret_string = jsonencode({
    username = var.settings.user
    password = "canary-app-71aa"
  })
}

module "proxy" {
  source   = "../proxy"
  settings = var.settings
  database = aws_db_instance.this
  secrets  = { (var.settings.user) = aws_secretsmanager_secret.this }
}

module "client" {
  source    = "../client"
  count     = 2
  name      = "${var.settings.name}-${count.index}"
  user      = var.settings.user
  endpoints = { proxy = module.proxy, database = aws_db_instance.this }
}

output "proxy" {
  value = module.proxy
}
