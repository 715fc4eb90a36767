a = join(",", x[*].y)
b = one(x[*].y)
c = length(x.*.y)
