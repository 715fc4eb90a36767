# hcl2-parser writes a conditional as the directive that it is not.
a = "x${y ? z : w}"
b = "x${y ? "z" : "w"}"
