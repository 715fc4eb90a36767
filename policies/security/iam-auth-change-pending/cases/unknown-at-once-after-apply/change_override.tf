variable "input" {
  default = "yes"
}

resource "aws_db_instance" "main" {
  iam_database_authentication_enabled = true
}
