variable "key" {}
variable "object" {}

module "second" {
  source = "../leaf"
  key    = var.key
  object = var.object
}
