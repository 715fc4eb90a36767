a = <<EOT
one
  two
EOT
b = <<-EOT
    one

      two
    EOT
