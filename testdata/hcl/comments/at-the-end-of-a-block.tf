b {
  a = 1 # here }
} # there
#{