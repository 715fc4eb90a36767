a = x*y/z%w
b = x>y&&z<w||v
c = (x)-(y)
