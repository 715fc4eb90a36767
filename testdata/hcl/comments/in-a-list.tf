# A comment ends a line, but a line break is a blank here.
a = [ # the first
  1,  # one
  // nothing
  2 /* two */,
  /* and */ 3
]
