# Names that objects of JavaScript have of their own.
__proto__   = 1
constructor = 2
toString    = 3
