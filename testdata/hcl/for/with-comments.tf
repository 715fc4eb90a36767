a = [ # a
  for x in y : # b
  x # c
] # d
