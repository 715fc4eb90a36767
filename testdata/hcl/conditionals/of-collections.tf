a = x ? [1] : []
b = x ? { a = 1 } : {}
c = x ? [for y in z : y] : null
