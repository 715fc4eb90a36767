variable "create" {
  type    = bool
  default = true
}

variable "name" {
  type    = string
  default = null
}

variable "use_name_prefix" {
  type    = bool
  default = false
}

variable "path" {
  type    = string
  default = "/"
}

variable "permissions_boundary" {
  type    = string
  default = null
}

variable "trusted_services" {
  description = "Services that may assume the role, without their suffix"
  type        = list(string)
  default     = []
}

variable "trust_actions" {
  type    = list(string)
  default = ["sts:AssumeRole"]
}

variable "trust_statements" {
  type = map(object({
    sid     = optional(string)
    actions = optional(list(string), ["sts:AssumeRole"])
    principals = optional(list(object({
      type        = string
      identifiers = list(string)
    })), [])
    conditions = optional(list(object({
      test     = string
      variable = string
      values   = list(string)
    })), [])
  }))
  default = {}
}

variable "policies" {
  description = "ARNs of policies to attach, by a key that is known at plan time"
  type        = map(string)
  default     = {}
}

variable "source_policy_documents" {
  type    = list(string)
  default = []
}

variable "override_policy_documents" {
  type    = list(string)
  default = []
}

variable "policy_statements" {
  type = map(object({
    sid           = optional(string)
    effect        = optional(string, "Allow")
    actions       = optional(list(string))
    not_actions   = optional(list(string))
    resources     = optional(list(string))
    not_resources = optional(list(string))
    conditions = optional(list(object({
      test     = string
      variable = string
      values   = list(string)
    })))
  }))
  default = {}
}

variable "tags" {
  type    = map(string)
  default = {}
}
