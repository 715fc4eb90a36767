a = "b = 1"
c = "}"
d = "EOT"
e = "if true"
