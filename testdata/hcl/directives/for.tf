a = "%{ for x in y }${x}%{ endfor }"
b = "%{ for x in y }${x}, %{ endfor }"
c = "[%{ for x in [1, 2] }(${x})%{ endfor }]"
