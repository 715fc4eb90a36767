a = "%{ if x }a%{ if y }b%{ else }c%{ endif }d%{ else }e%{ endif }"
