# Dashes, digits and underscores are part of names.
a-b = 1
a_b = 2
a1  = 3
_a  = 4
A   = 5
a-  = 6
