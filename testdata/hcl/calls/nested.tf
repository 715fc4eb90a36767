a = f(g(h(x)))
b = f(g(1), h(2))
