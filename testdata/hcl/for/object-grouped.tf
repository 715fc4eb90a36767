a = { for x in y : x.k => x.v... }
b = { for x in y : x.k => x.v... if x.z }
