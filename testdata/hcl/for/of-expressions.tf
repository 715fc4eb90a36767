a = [for x in concat(y, [1]) : x]
b = [for x in z ? y : [] : x]
c = [for x in { a = 1 } : x]
d = { for x in y : "${x}-k" => x + 1 }
e = { for x in y : (x) => x }
