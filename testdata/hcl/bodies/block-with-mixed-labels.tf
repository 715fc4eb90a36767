resource aws_db_instance "main" {
  engine = "postgres"
}
data "aws_region" current {}
