a = { for x in y : x => x.z }
b = {for k, v in y : k => v}
