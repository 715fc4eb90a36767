# A comment behind an item ends the item.
a = {
  # in front
  b = 1 # one
  c = 2 // two
  d = 3 /* three */
  /* in front */ e = 4
  # behind
}
