# The module "platform" of this configuration.

variable "settings" {
  type = object({ name = string, iam = bool, tls = bool, user = string })
}

module "data" {
  source   = "../data"
  settings = var.settings
}

output "proxy_resource_id" {
  value = module.data.proxy.resource_id
}
