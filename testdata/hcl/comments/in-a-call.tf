a = max( # the largest
  1, // one
  /* two */ 2
)
