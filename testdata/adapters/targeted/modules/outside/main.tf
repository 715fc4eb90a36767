resource "aws_db_instance" "this" {
  identifier     = "inside"
  instance_class = "db.t4g.micro"
}
