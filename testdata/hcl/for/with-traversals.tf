a = [for x in y : x][0]
b = { for k, v in y : k => v }["a"]
c = [for x in y : x].*.z
