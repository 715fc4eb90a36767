resource "aws_db_proxy" "main" {
  a = 1
  auth {
    b = 2
  }
  c = 3
  auth {
    d = 4
  }
  e = 5
}
