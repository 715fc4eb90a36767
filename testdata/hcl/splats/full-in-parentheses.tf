# In parentheses, what follows is not for each element.
a = (x[*])[0]
b = (x[*].y)[0]
