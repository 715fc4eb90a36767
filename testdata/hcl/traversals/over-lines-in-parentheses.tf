a = (x
  .y
  .z
  [0])
