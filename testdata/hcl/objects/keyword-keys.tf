a = { in = 1, if = 2, else = 3, endif = 4 }
b = { "for" = 1 }
c = { x = 1, for = 2 }
