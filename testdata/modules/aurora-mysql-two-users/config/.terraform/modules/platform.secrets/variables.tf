variable "prefix" {
  type    = string
  default = ""
}

variable "users" {
  description = "Database users by the last part of their secret's name"
  type = map(object({
    username    = optional(string)
    password    = optional(string)
    description = optional(string)
    kms_key_id  = optional(string)
    extra       = optional(map(string), {})
  }))
  default = {}
}

variable "recovery_window_in_days" {
  type    = number
  default = 7
}

variable "tags" {
  type    = map(string)
  default = {}
}
