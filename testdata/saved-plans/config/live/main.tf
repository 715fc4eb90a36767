variable "text" {
  type = string
}

variable "quoted" {
  type    = string
  default = "none"
}

variable "number" {
  type = number
}

variable "large" {
  type = number
}

variable "fraction" {
  type = number
}

variable "flag" {
  type    = bool
  default = false
}

variable "untyped" {
  default = null
}

variable "names" {
  type = set(string)
}

variable "settings" {
  type = map(object({
    port = optional(number, 5432)
    tls  = bool
  }))
}

variable "nothing" {
  type    = string
  default = "something"
}

variable "password" {
  type      = string
  sensitive = true
}

variable "defaulted" {
  type    = string
  default = "from the default"
}

variable "token" {
  type      = string
  ephemeral = true
  default   = ""
}

module "app" {
  source = "../modules/app"
  name   = var.text
}

module "second" {
  source = "../modules/app"
  name   = "second"
}

resource "terraform_data" "main" {
  input = [var.number, var.flag, var.untyped, var.names, var.settings, var.nothing, terraform.workspace]
}

resource "terraform_data" "password" {
  input = var.password
}
