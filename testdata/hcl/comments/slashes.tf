// A comment to the end of the line.
a = 1 // behind an argument
b = 4 / 2 // behind a division
