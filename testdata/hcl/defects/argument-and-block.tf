# hcl2-parser drops the block.
resource "aws_security_group" "db" {
  ingress = []
  ingress {
    from_port = 1
  }
}
