b "a\tb" "c\"d" "$${e}" {
  x = 1
}
