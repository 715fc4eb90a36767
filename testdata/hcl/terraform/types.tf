variable "a" { type = string }
variable "b" { type = list(string) }
variable "c" { type = map(object({ d = number })) }
variable "e" { type = any }
variable "f" { type = tuple([string, number]) }
