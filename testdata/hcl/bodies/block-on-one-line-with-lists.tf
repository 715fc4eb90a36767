# Brackets may go over lines even here.
output "o" { value = [
  1,
  2,
] }
output "p" { value = {
  a = 1
} }
