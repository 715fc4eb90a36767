# hcl2-parser throws, and rejects the whole file.
a = { null = 1 }
