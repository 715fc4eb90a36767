a = "%{ for k, v in y }${k}=${v};%{ endfor }"
b = "%{ for i,v in y }${i}%{ endfor }"
