a = [for in in y : in]
b = [for if in y : if]
c = [for for in y : for]
