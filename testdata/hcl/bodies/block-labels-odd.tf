b "with blank" "ünïcode" "1" "" {
  x = 1
}
