variable "create" {
  type    = bool
  default = true
}

variable "name" {
  type = string
}

variable "endpoints" {
  description = "Resource ids of databases and proxies, by any name"
  type        = map(string)
}

variable "users" {
  description = "Database users"
  type        = list(string)
}

variable "roles" {
  description = "Names of the roles that get the policy"
  type        = list(string)
  default     = []
}

variable "tags" {
  type    = map(string)
  default = {}
}
