a = [for x in y : [for z in x : z]]
b = { for k, v in y : k => { for l, w in v : l => w } }
c = [for x in [for z in y : z] : x]
