a = (
  x
  && y
  || z
)
