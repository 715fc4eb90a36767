variable "name" {
  type = string
}

variable "grant_names" {
  type = string
}

# The file has more above the call than the root has.

module "database" {
  source = "../database"

  name        = var.name
  grant_names = var.grant_names
}
