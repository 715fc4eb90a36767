a = "x${upper("y")}"
b = "x${upper("${y}")}"
c = "${join(",", ["a", "b"])}"
