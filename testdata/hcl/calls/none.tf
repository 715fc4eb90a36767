a = timestamp()
b = f( )
c = f(
)
