# What looks like a comment in a text is text.
a = "# no comment"
b = "// no comment"
c = "/* no comment */"
d = "https://example.com/#fragment"
