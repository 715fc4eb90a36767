a = "%{ if x }%{ endif }"
b = "y%{ if x }%{ endif }z"
