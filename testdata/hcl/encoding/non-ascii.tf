# größe, 名前, 😀: characters of one to four bytes.
a = "ä"
b = "名前"
c = "😀"
d = { "ключ" = "значение" }
e = <<EOT
ä 名前 😀
EOT
