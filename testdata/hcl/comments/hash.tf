# A comment to the end of the line.
a = 1 # behind an argument
#without a blank
b = 2
#
