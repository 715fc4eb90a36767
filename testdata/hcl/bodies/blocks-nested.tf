resource "aws_db_proxy" "main" {
  auth {
    iam_auth = "REQUIRED"
    deeper {
      deepest {
        a = 1
      }
    }
  }
}
