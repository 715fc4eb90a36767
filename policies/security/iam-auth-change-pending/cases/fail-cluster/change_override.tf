resource "aws_rds_cluster" "main" {
  iam_database_authentication_enabled = true
}
