# hcl2-parser gives "${x}" for both: a text that is none is read as a reference.
a = "x$${y}"
b = <<EOT
$${y} %%{ if z }
EOT
c = "%%{ if z }"
