# Alone it is the value itself, and no text.
a = "${x}"
b = "${x.y[0]}"
c = "${ x }"
