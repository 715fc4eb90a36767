a = 1e3
b = 1E3
c = 1e+3
d = 1e-3
e = 1.5e10
f = 1.5E-7
g = 0e0
