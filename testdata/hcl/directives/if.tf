a = "%{ if x }y%{ endif }"
b = "%{if x}y%{endif}"
c = "a %{ if x } b %{ endif } c"
