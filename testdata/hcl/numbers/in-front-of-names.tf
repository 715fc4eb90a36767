# A number ends where nothing of a number follows.
a = x.0.y
b = [1, 2][0]
