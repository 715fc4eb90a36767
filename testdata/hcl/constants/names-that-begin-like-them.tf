a = truely
b = nullable
c = falsehood.true
d = true_
e = null-able
