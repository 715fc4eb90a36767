variable "name" {
  type = string
}

module "inner" {
  source = "./inner"
  name   = var.name
}

output "name" {
  value = module.inner.name
}
