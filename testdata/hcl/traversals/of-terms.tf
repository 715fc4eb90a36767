a = f(x).y
b = f(x)[0]
c = (x).y
d = (x ? y : z).w
e = "text"[0]
f = [x][0].y
