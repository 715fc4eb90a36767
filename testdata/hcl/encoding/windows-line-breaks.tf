# Comments, blocks and lists.
a = 1
b {
  c = [
    1,
    2
  ]
}
d = {
  e = 1
  f = 2
}
