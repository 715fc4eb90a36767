variable "key" {}
variable "object" {}

module "third" {
  source = "../name"
  key    = var.key
  object = var.object
}
