a = <<EOT
${f(<<INNER
inner ${x}
INNER
)}
outer
EOT
