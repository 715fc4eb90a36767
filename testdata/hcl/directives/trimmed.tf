a = "a %{~ if x ~} b %{~ else ~} c %{~ endif ~} d"
b = "a %{ if x ~} b %{ endif ~} c"
c = "x\n %{~ for x in y ~}\n ${x} \n%{~ endfor ~}\n z"
