# for begins a loop only as a whole word.
a = [format]
b = [for_each]
c = [x, for]
