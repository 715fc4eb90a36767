a = "%{ if x }${y}%{ else }${z} and ${w}%{ endif }"
