a = <<EOT
%{ if x }
yes
%{ else }
no
%{ endif }
%{ for y in z }
${y}
%{ endfor }
EOT
