a = x.0
b = x.0.y
c = x.y.1.z
