a = <<EOT
\n \t \" \\ "quoted"
C:\path\new
EOT
