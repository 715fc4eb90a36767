# A blank line has no indentation to count.
a = <<-EOT
    one

    two
  
    three
EOT
