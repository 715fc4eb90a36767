# JavaScript rounds these, and so do we.
a = 9007199254740993
b = 0.1234567890123456789
