a = "x${{ b = { c = 1 } }.b.c}"
b = "x${[for k, v in { a = 1 } : "${k}"][0]}y"
