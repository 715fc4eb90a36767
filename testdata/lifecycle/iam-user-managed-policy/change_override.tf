resource "aws_db_proxy" "main" {

  auth {
    auth_scheme = "SECRETS"
    iam_auth    = "DISABLED"
    secret_arn  = aws_secretsmanager_secret.jobs.arn
  }
}
