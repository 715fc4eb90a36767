# hcl2-parser cannot say that a type has labels here and none there.
a {
  b = 1
}
a "c" {
  d = 2
}
