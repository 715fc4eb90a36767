a = toset([for x in y : x.z])
b = merge([for x in y : { (x) = 1 }]...)
