terraform {
  required_providers {
    postgresql = { source = "cyrilgdn/postgresql" }
  }
}

variable "host" {}

provider "postgresql" {
  host = var.host
}

resource "postgresql_role" "this" {
  name = "own"
}
