a = <<if
one
if
b = <<true
two
true
