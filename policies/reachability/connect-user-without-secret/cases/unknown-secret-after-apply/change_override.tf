resource "terraform_data" "password" {
  input = "canary-app-9d02"
}

resource "aws_secretsmanager_secret_version" "app" {
  secret_string = jsonencode({
    username = "app"
    password = terraform_data.password.output
  })
}
