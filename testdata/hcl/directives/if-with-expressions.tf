a = "%{ if x == 1 && y }z%{ endif }"
b = "%{ if f(x) }z%{ endif }"
c = "%{ if !x }z%{ endif }"
d = "%{ if x ? true : false }z%{ endif }"
