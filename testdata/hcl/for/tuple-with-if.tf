a = [for x in y : x if x != null]
b = [for i, x in y : x if i > 0 && x.z]
