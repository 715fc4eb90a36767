a = <<EOT
${x}
a ${x} b
${x}${y}
EOT
