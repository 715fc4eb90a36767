resource "aws_db_instance" "main" {
  allocated_storage = 40
}
