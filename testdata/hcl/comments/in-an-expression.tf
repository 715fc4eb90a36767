a = (
  1 # one
  + // and
  2 /* two */
)
