module "inner" {
  source = "../keys"
}

output "arn" {
  value = module.inner.key.arn
}
