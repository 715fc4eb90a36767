a = {
  b = <<EOT
one
EOT
  c = <<-EOT
    two
    EOT
}
