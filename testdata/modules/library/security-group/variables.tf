variable "create" {
  type    = bool
  default = true
}

variable "name" {
  type = string
}

variable "use_name_prefix" {
  type    = bool
  default = true
}

variable "description" {
  type    = string
  default = null
}

variable "vpc_id" {
  type    = string
  default = null
}

variable "services" {
  description = "Ports that are open, by the name of what listens on them"
  type        = map(number)
  default     = {}
}

variable "allowed_groups" {
  description = "Ids of the groups that may come in, by a name that is known at plan time"
  type        = map(string)
  default     = {}
}

variable "egress" {
  type = map(object({
    protocol  = optional(string, "-1")
    from_port = optional(number)
    to_port   = optional(number)
    cidr      = optional(string)
    group     = optional(string)
  }))
  default = {}
}

variable "tags" {
  type    = map(string)
  default = {}
}
