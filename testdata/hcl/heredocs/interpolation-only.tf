# With its line break it is a text.
a = <<EOT
${x}
EOT
