a = [for i, x in y : "${i}-${x}"]
b = [for k,v in y : k]
