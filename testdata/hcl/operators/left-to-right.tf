a = 1 - 2 - 3
b = 8 / 4 / 2
c = x && y && z
d = x == y == z
