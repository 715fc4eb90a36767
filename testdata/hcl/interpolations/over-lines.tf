# Line breaks are blanks within.
a = "x${
  y
}z"
b = "x${f(
  1,
  2
)}"
