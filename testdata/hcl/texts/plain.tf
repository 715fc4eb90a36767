a = "text"
b = "text with blanks  and	a tab"
c = "ünïcödé 名前 😀"
