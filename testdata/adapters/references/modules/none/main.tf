variable "key" {}

output "arn" {
  value = var.key
}
