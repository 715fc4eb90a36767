text     = "orders"
quoted   = "a \"quoted\" $${text} %%{ if } \\ \n ä"
number   = 5432
large    = 123456789012345678901234567890
fraction = 0.5
flag     = true
untyped  = { list = [1, "two", null], nested = { deep = true } }
names    = ["b", "a"]
settings = { orders = { tls = true }, billing = { tls = false, port = 3306 } }
nothing  = null
password = "canary-variable"
token    = "canary-ephemeral"
