# Only a line that is nothing but the marker ends it.
a = <<EOT
EOT one
one EOT
EOTX
xEOT
EOT
