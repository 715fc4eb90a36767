# hcl2-parser gives the same JSON for both: only a list of one tells that it may have been a block.
a {
  b = 1
}
c = [{ b = 1 }]
