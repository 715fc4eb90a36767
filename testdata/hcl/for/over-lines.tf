a = [
  for x in y :
  x
  if x.z
]
b = {
  for k, v in y :
  k => {
    a = v
  }
}
