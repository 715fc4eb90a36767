a = 1 + 2 * 3
b = 1 * 2 + 3
c = x || y && z
d = x && y == z
e = x == y + 1
f = -1 + 2
g = !x || y
h = x < y == z > w
