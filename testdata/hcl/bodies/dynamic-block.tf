resource "aws_security_group" "db" {
  dynamic "ingress" {
    for_each = var.ports
    iterator = port
    content {
      from_port = port.value
      to_port   = port.value
    }
  }
  ingress {
    from_port = 1
  }
}
