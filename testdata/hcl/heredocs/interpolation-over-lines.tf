a = <<EOT
a ${f(
  x,
  y
)} b
EOT
