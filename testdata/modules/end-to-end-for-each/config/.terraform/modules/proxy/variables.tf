variable "create" {
  description = "Whether anything is made"
  type        = bool
  default     = true
}

variable "name" {
  type    = string
  default = ""
}

variable "engine_family" {
  type    = string
  default = ""
}

variable "auth" {
  description = "Blocks `auth`, by a key of their own"
  type = map(object({
    auth_scheme               = optional(string, "SECRETS")
    client_password_auth_type = optional(string)
    description               = optional(string)
    iam_auth                  = optional(string)
    secret_arn                = optional(string)
    username                  = optional(string)
  }))
  default = {}
}

variable "default_auth_scheme" {
  type    = string
  default = null
}

variable "require_tls" {
  type    = bool
  default = true
}

variable "debug_logging" {
  type    = bool
  default = false
}

variable "idle_client_timeout" {
  type    = number
  default = 1800
}

variable "vpc_subnet_ids" {
  type    = list(string)
  default = []
}

variable "vpc_security_group_ids" {
  type    = list(string)
  default = []
}

variable "connection_borrow_timeout" {
  type    = number
  default = null
}

variable "max_connections_percent" {
  type    = number
  default = 90
}

variable "target_db_instance" {
  type    = bool
  default = false
}

variable "db_instance_identifier" {
  type    = string
  default = ""
}

variable "target_db_cluster" {
  type    = bool
  default = false
}

variable "db_cluster_identifier" {
  type    = string
  default = ""
}

variable "endpoints" {
  type = map(object({
    name                   = optional(string)
    vpc_subnet_ids         = optional(list(string), [])
    vpc_security_group_ids = optional(list(string))
    target_role            = optional(string)
  }))
  default = {}
}

variable "create_iam_role" {
  type    = bool
  default = true
}

variable "iam_role_arn" {
  description = "A role that exists, where none is made"
  type        = string
  default     = null
}

variable "iam_role_name" {
  type    = string
  default = null
}

variable "use_role_name_prefix" {
  type    = bool
  default = false
}

variable "iam_role_path" {
  type    = string
  default = null
}

variable "iam_role_permissions_boundary" {
  type    = string
  default = null
}

variable "create_iam_policy" {
  type    = bool
  default = true
}

variable "iam_policy_name" {
  type    = string
  default = null
}

variable "iam_policy_json" {
  description = "A document whose statements the role's policy begins with"
  type        = string
  default     = null
}

variable "kms_key_arns" {
  type    = list(string)
  default = []
}

variable "connect_as" {
  description = "With default_auth_scheme IAM_AUTH: whom the proxy may be on which database, by a name for the statement"
  type = map(object({
    resource_id = string
    users       = list(string)
  }))
  default = {}
}

variable "tags" {
  type    = map(string)
  default = {}
}

variable "proxy_tags" {
  type    = map(string)
  default = {}
}

variable "iam_role_tags" {
  type    = map(string)
  default = {}
}
