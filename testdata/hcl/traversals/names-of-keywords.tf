a = for.in
b = if.else
c = x.for.if.in.true.null
