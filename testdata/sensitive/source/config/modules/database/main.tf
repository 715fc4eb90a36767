variable "name" {
  type = string
}

variable "password" {
  type = string
}

variable "admin_password" {
  type      = string
  sensitive = true
}

resource "aws_db_instance" "this" {
  identifier          = var.name
  engine              = "postgres"
  engine_version      = "16.4"
  instance_class      = "db.t4g.medium"
  allocated_storage   = 20
  username            = "root_admin"
  password            = var.admin_password
  skip_final_snapshot = true
}

resource "aws_secretsmanager_secret" "this" {
  name = "${var.name}/app"
}

resource "aws_secretsmanager_secret_version" "this" {
  secret_id     = aws_secretsmanager_secret.this.id
  secret_string = "canary-bare-${var.password}"
}

data "aws_iam_policy_document" "connect" {
  statement {
    actions   = ["rds-db:connect"]
    resources = ["arn:aws:rds-db:us-east-1:123456789012:dbuser:${aws_db_instance.this.identifier}/app"] # canary-module-comment
  }
}

resource "aws_iam_user" "analyst" {
  name = "analyst"
}

resource "aws_iam_user_policy" "connect" {
  user   = aws_iam_user.analyst.name
  policy = data.aws_iam_policy_document.connect.json
}
