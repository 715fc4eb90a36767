resource "aws_db_proxy" "main" { # behind the brace
  # in front of everything
  name = "main" # behind an argument

  // between
  auth { /* behind a brace */
    iam_auth = "REQUIRED"
  } # behind a block
} // the end
