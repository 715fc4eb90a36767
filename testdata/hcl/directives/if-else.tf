a = "%{ if x }y%{ else }z%{ endif }"
b = "%{ if x }%{ else }z%{ endif }"
c = "%{ if x }y%{ else }%{ endif }"
