resource "aws_db_instance" "a" {
  x = 1
}
resource "aws_db_instance" "b" {
  x = 2
}
resource "aws_db_proxy" "a" {
  x = 3
}
