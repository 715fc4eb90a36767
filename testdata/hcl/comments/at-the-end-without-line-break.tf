a = 1
# no line break behind this