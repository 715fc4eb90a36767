a = for(1)
b = if(x)
c = true(1)
d = null()
