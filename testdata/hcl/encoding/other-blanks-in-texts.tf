# A no-break space, an ideographic one, and a line separator.
a = "x y　z w"
b = "x ${~ y ~}　z"
