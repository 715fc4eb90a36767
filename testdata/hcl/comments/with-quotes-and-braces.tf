# "quotes" ${and} { braces } <<EOT do nothing here
a = 1 # "
b = 2 // ${
c = 3 /* "} */
