# Trimming stops at the start of the line: each line is a token.
a = <<EOT
one
  ${~ x ~}
  two
EOT
