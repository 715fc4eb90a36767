a = <<-EOT
    ${x}
      ${y} z
    a ${b}
    EOT
