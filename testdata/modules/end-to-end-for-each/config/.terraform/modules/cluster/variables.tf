variable "create" {
  type    = bool
  default = true
}

variable "name" {
  type    = string
  default = ""
}

variable "cluster_use_name_prefix" {
  type    = bool
  default = false
}

variable "engine" {
  type    = string
  default = null
}

variable "engine_mode" {
  type    = string
  default = "provisioned"
}

variable "engine_version" {
  type    = string
  default = null
}

variable "is_primary_cluster" {
  type    = bool
  default = true
}

variable "global_cluster_identifier" {
  type    = string
  default = null
}

variable "database_name" {
  type    = string
  default = null
}

variable "master_username" {
  type    = string
  default = null
}

variable "master_password" {
  type      = string
  default   = null
  sensitive = true
}

variable "manage_master_user_password" {
  type    = bool
  default = true
}

variable "port" {
  type    = number
  default = null
}

variable "db_subnet_group_name" {
  type    = string
  default = null
}

variable "iam_database_authentication_enabled" {
  type    = bool
  default = null
}

variable "security_group_id" {
  type    = string
  default = null
}

variable "vpc_security_group_ids" {
  type    = list(string)
  default = []
}

variable "serverlessv2_scaling_configuration" {
  type    = map(number)
  default = {}
}

variable "instances" {
  description = "Arguments of the instances, by a key of their own"
  type        = any
  default     = {}
}

variable "instance_class" {
  type    = string
  default = "db.r6g.large"
}

variable "tags" {
  type    = map(string)
  default = {}
}

variable "cluster_tags" {
  type    = map(string)
  default = {}
}
