resource "aws_security_group" "db" {
  ingress {
    from_port = 5432
  }
  ingress {
    from_port = 3306
  }
  ingress {}
}
