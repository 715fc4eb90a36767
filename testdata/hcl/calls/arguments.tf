a = f(1)
b = f(1, 2)
c = f(1, "two", [3], { four = 4 })
d = f (1)
