terraform {
  required_providers {
    postgresql = { source = "cyrilgdn/postgresql" }
  }
}

resource "postgresql_role" "this" {
  name = "module"
}
