# The index in brackets takes one of the results.
a = x.*.y[0]
b = x.*.y.0
c = x.*.y.0.z
d = x.*.0
