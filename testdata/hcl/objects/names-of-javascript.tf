a = { __proto__ = 1, constructor = 2, toString = 3 }
