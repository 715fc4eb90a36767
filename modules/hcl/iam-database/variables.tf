variable "name" {
  description = "Identifier of the database, and the beginning of the names of all that belongs to it"
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z](-?[a-z0-9]){0,49}$", var.name))
    error_message = "The name of a database has 1 to 50 lower-case letters, digits and single hyphens, begins with a letter and does not end with a hyphen: write, for instance, \"orders\"."
  }
}

variable "tags" {
  description = "Tags of every resource that can have them"
  type        = map(string)
  default     = {}
  nullable    = false
}

################################################################################
# Database
################################################################################

variable "engine" {
  description = "Engine of the database: `mysql`, `mariadb` or `postgres`"
  type        = string
  nullable    = false

  validation {
    condition     = contains(["mysql", "mariadb", "postgres"], var.engine)
    error_message = startswith(var.engine, "sqlserver-") ? "SQL Server has no IAM authentication: write engine = \"mysql\", \"mariadb\" or \"postgres\", or take the module password-database, with the module iam-proxy in front of it." : startswith(var.engine, "aurora-") ? "Aurora is a cluster: take the module iam-cluster." : "IAM authentication takes one of these: write engine = \"mysql\", \"mariadb\" or \"postgres\"."
  }
}

variable "engine_version" {
  description = "Version of the engine, with its major version at least: `8.0.40`, `10.11`, `16`. The family of the parameter group follows from it"
  type        = string
  nullable    = false

  validation {
    condition     = can(regex(var.engine == "postgres" ? "^\\d+(\\.\\d+)*$" : "^\\d+\\.\\d+(\\.\\d+)*$", var.engine_version))
    error_message = "The family of the parameter group follows from the version: write it as RDS does, for instance engine_version = \"8.0.40\" for mysql, \"10.11\" for mariadb, \"16\" or \"16.4\" for postgres."
  }

  validation {
    condition     = var.engine != "mariadb" || try(tonumber(split(".", var.engine_version)[0]) > 10 || tonumber(split(".", var.engine_version)[1]) >= 11, true)
    error_message = "MariaDB has IAM authentication from 10.11 on: write engine_version = \"10.11\" or a later one."
  }
}

variable "instance_class" {
  description = "Class of the instance. IAM authentication takes 300 to 1000 MiB of its memory"
  type        = string
  nullable    = false

  validation {
    condition     = startswith(var.instance_class, "db.")
    error_message = "The class of an instance begins with \"db.\": write, for instance, instance_class = \"db.m7g.large\"."
  }
}

variable "db_name" {
  description = "Database that is made in the beginning; none by default"
  type        = string
  default     = null
}

variable "port" {
  description = "Port of the database; by default that of the engine: 3306, or 5432 for `postgres`"
  type        = number
  default     = null

  validation {
    condition     = var.port == null || try(var.port >= 1150 && var.port <= 65535 && floor(var.port) == var.port, false)
    error_message = "RDS takes ports from 1150 to 65535: write one of these, or leave port out for that of the engine."
  }
}

variable "master_username" {
  description = "Name of the master user, whose password RDS makes and keeps in a secret"
  type        = string
  default     = "root_admin"
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z][A-Za-z0-9_]{0,15}$", var.master_username)) && !contains(var.engine == "postgres" ? ["rdsadmin", "admin"] : ["rdsadmin"], lower(var.master_username))
    error_message = "The name of the master user has 1 to 16 letters, digits and underscores, begins with a letter and is no reserved word: write, for instance, master_username = \"root_admin\"."
  }
}

variable "master_user_secret_kms_key_id" {
  description = "Key that encrypts the secret of the master user; by default that of Secrets Manager"
  type        = string
  default     = null
}

variable "master_user_secret_rotation_days" {
  description = "Days between two rotations of the master user's password; by default RDS rotates it every 7 days"
  type        = number
  default     = null

  validation {
    condition     = var.master_user_secret_rotation_days == null || try(var.master_user_secret_rotation_days >= 1 && var.master_user_secret_rotation_days <= 1000, false)
    error_message = "Secrets Manager rotates every 1 to 1000 days: write, for instance, master_user_secret_rotation_days = 30, or leave it out for every 7 days."
  }
}

variable "allocated_storage" {
  description = "Storage in GiB"
  type        = number
  default     = 20
  nullable    = false

  validation {
    condition     = var.allocated_storage >= 20
    error_message = "Storage of type gp3 begins with 20 GiB: write allocated_storage = 20 or more."
  }
}

variable "max_allocated_storage" {
  description = "GiB up to which RDS enlarges the storage by itself; by default it does not"
  type        = number
  default     = null
}

variable "storage_type" {
  description = "Type of the storage"
  type        = string
  default     = "gp3"
  nullable    = false
}

variable "kms_key_id" {
  description = "ARN of the key that encrypts the storage; by default that of RDS"
  type        = string
  default     = null
}

variable "multi_az" {
  description = "Whether a stand-by is kept in another availability zone"
  type        = bool
  default     = false
  nullable    = false
}

variable "parameter_group" {
  description = "An existing parameter group, by name. It has to insist on TLS itself. By default one is made"
  type        = object({ name = string })
  default     = null
}

variable "parameters" {
  description = "Further parameters of the parameter group that is made"
  type = list(object({
    name         = string
    value        = string
    apply_method = optional(string, "immediate")
  }))
  default  = []
  nullable = false

  validation {
    condition     = !anytrue([for parameter in var.parameters : contains(["rds.force_ssl", "require_secure_transport"], parameter.name)])
    error_message = "The module sets the parameter that insists on TLS: leave rds.force_ssl and require_secure_transport out of parameters."
  }

  validation {
    condition     = var.parameter_group == null || length(var.parameters) == 0
    error_message = "An existing parameter group has its own parameters: write them there, or leave parameter_group out."
  }
}

variable "log_exports" {
  description = "Logs that go to CloudWatch beside `iam-db-auth-error`, such as `error`, `slowquery` or `postgresql`"
  type        = list(string)
  default     = []
  nullable    = false
}

variable "allow_major_version_upgrade" {
  description = "Whether a change of `engine_version` may be one of the major version"
  type        = bool
  default     = false
  nullable    = false
}

variable "apply_immediately" {
  description = "Whether changes are made at once, and not in the next maintenance window"
  type        = bool
  default     = false
  nullable    = false
}

variable "auto_minor_version_upgrade" {
  description = "Whether RDS takes minor versions by itself. Then write `engine_version` without the minor version, or each one shows as a change"
  type        = bool
  default     = true
  nullable    = false
}

variable "backup_retention_period" {
  description = "Days for which backups are kept"
  type        = number
  default     = 7
  nullable    = false
}

variable "backup_window" {
  description = "When backups are made, for instance `03:00-04:00`; by default RDS chooses"
  type        = string
  default     = null
}

variable "maintenance_window" {
  description = "When changes are made that wait, for instance `sun:04:30-sun:05:30`; by default RDS chooses"
  type        = string
  default     = null
}

variable "deletion_protection" {
  description = "Whether the database refuses to be deleted"
  type        = bool
  default     = true
  nullable    = false
}

variable "skip_final_snapshot" {
  description = "Whether the database is deleted without a last snapshot"
  type        = bool
  default     = false
  nullable    = false
}

################################################################################
# Network
################################################################################

variable "vpc_id" {
  description = "VPC of the security group that is made"
  type        = string
  default     = null

  validation {
    condition     = var.vpc_id != null || var.security_group != null
    error_message = "A security group is made in a VPC: write vpc_id = \"vpc-…\", or give one that exists by security_group = { id = \"sg-…\" }."
  }
}

variable "subnet_ids" {
  description = "Subnets of the subnet group that is made, in two availability zones or more"
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = length(var.subnet_ids) >= 2 || var.subnet_group != null
    error_message = "A database needs subnets in two availability zones: write subnet_ids = [\"subnet-…\", \"subnet-…\"], or give a group that exists by subnet_group = { name = \"…\" }."
  }
}

variable "subnet_group" {
  description = "An existing subnet group, by name. By default one is made of `subnet_ids`"
  type        = object({ name = string })
  default     = null
}

variable "security_group" {
  description = "An existing security group, by id, which gets the rules for clients. By default one is made in `vpc_id`"
  type        = object({ id = string })
  default     = null
}

variable "allowed_security_group_ids" {
  description = "Security groups of clients, each by a name of your own, which its rule bears"
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "allowed_cidr_blocks" {
  description = "IPv4 addresses of clients, each block by a name of your own, which its rule bears"
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for block in values(var.allowed_cidr_blocks) : can(cidrnetmask(block))])
    error_message = "A block of addresses is written with its length: write, for instance, allowed_cidr_blocks = { office = \"10.20.0.0/16\" }."
  }

  validation {
    condition     = !contains([for block in values(var.allowed_cidr_blocks) : try(split("/", block)[1], "")], "0")
    error_message = "A block of length 0 is the whole internet: write the blocks of the clients."
  }
}

################################################################################
# Grants
################################################################################

variable "grants" {
  description = "Who may log in as which user of the database: the name of a role, user or group of IAM, known at plan, and the user. The user itself is made in the database, for IAM"
  type = list(object({
    user       = string
    role       = optional(string)
    user_name  = optional(string)
    group_name = optional(string)
  }))
  default  = []
  nullable = false

  validation {
    condition     = alltrue([for grant in var.grants : length(compact([grant.role, grant.user_name, grant.group_name])) == 1])
    error_message = "A grant is for one principal: write { role = \"…\", user = \"app\" }, or user_name or group_name in place of role."
  }

  validation {
    condition     = !anytrue([for grant in var.grants : startswith(coalesce(grant.role, "-"), "AWSReservedSSO_")])
    error_message = "The role of a permission set takes no inline policy: leave it out of grants, and let the permission set allow rds-db:connect on the output user_arn_prefix with /app behind it."
  }

  validation {
    condition     = !anytrue([for grant in var.grants : startswith(join("", compact([grant.role, grant.user_name, grant.group_name])), "arn:")])
    error_message = "A grant names its principal, and an inline policy takes no ARN: write role = aws_iam_role.orders.name."
  }

  validation {
    condition     = alltrue([for grant in var.grants : can(regex("^[A-Za-z0-9_][A-Za-z0-9_.-]{0,62}$", grant.user))])
    error_message = "A grant is for one user of the database, by its name of 1 to 63 letters, digits, underscores, dots and hyphens, without wildcards: write, for instance, user = \"app\", and another grant for each further user."
  }

  validation {
    condition     = var.engine != "mysql" || alltrue([for grant in var.grants : length(grant.user) <= 32])
    error_message = "The name of a user has 32 characters at most in MySQL: write a shorter one."
  }

  validation {
    condition     = !contains(var.grants[*].user, var.master_username)
    error_message = "The master user logs in by the password that RDS rotates, and a user has one method: write a user of its own for IAM."
  }

  validation {
    condition     = length(distinct([for grant in var.grants : jsonencode(grant)])) == length(var.grants)
    error_message = "The same grant is there twice: write it once."
  }
}
