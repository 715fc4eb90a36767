a = x ? 1 : y ? 2 : 3
b = x ? y ? 1 : 2 : 3
c = (x ? true : false) ? 1 : 2
