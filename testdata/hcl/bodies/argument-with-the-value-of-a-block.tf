# With an equals sign it is an argument, without one a block.
resource "aws_security_group" "db" {
  ingress = [{
    from_port = 5432
  }]
  egress {
    from_port = 0
  }
}
