a = "%{ for x in y }%{ for z in x }${z}%{ endfor };%{ endfor }"
b = "%{ for x in y }%{ if x }${x}%{ endif }%{ endfor }"
