variable "create" {
  type    = bool
  default = true
}

variable "name" {
  type    = string
  default = null
}

variable "name_prefix" {
  type    = string
  default = null
}

variable "path" {
  type    = string
  default = "/"
}

variable "description" {
  type    = string
  default = "IAM Policy"
}

variable "policy" {
  description = "The document, as JSON"
  type        = string
}

variable "tags" {
  type    = map(string)
  default = {}
}
