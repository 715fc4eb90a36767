# hcl2-parser throws, and rejects the whole file.
a = "x${null}"
