locals { a = 1 }
variable "x" { default = "y" }
output "o" { value = [1, 2, 3] }
