a = [for x in y : x]
b = [for x in [1, 2] : x * 2]
c = [for x in y: x.z]
d = [ for x in y : { a = x } ]
