a = <<-EOT
${x}
    one
    EOT
