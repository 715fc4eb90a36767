variable "name" {
  description = "Name of the proxy, and the beginning of the names of all that belongs to it"
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z](-?[a-z0-9]){0,49}$", var.name))
    error_message = "The name of a proxy has 1 to 50 lower-case letters, digits and single hyphens, begins with a letter and does not end with a hyphen: write, for instance, \"orders\"."
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

variable "database" {
  description = "The database behind the proxy: the output `database` of a module for databases, or what these say of one that exists. `kind` is `instance` or `cluster`"
  type = object({
    kind                                = string
    identifier                          = string
    engine                              = string
    engine_version                      = optional(string)
    port                                = number
    resource_id                         = string
    security_group_id                   = string
    iam_database_authentication_enabled = optional(bool, true)
  })
  nullable = false

  validation {
    condition     = contains(["instance", "cluster"], var.database.kind)
    error_message = "A database is an instance or a cluster: write kind = \"instance\", or \"cluster\" for Aurora."
  }

  validation {
    condition     = contains(["mysql", "mariadb", "postgres", "aurora-mysql", "aurora-postgresql"], var.database.engine)
    error_message = startswith(var.database.engine, "sqlserver-") ? "SQL Server has no IAM authentication, and so no end-to-end IAM: take the module iam-proxy." : "End-to-end IAM is there for MySQL, MariaDB, PostgreSQL and Aurora: write engine = \"mysql\", \"mariadb\", \"postgres\", \"aurora-mysql\" or \"aurora-postgresql\"."
  }

  validation {
    condition     = !startswith(var.database.engine, "aurora-") || var.database.kind == "cluster"
    error_message = "A proxy is put in front of an Aurora cluster, not of one of its instances: write kind = \"cluster\", with the identifier of the cluster."
  }

  validation {
    condition     = var.database.engine != "mariadb" || var.database.engine_version == null || try(tonumber(split(".", var.database.engine_version)[0]) > 10 || tonumber(split(".", var.database.engine_version)[1]) >= 11, true)
    error_message = "MariaDB has IAM authentication from 10.11 on: take a database of engine_version 10.11 or later."
  }

  validation {
    condition     = can(regex("^(db|cluster)-[A-Za-z0-9]+$", var.database.resource_id))
    error_message = "IAM compares the resource id: write resource_id = aws_db_instance.orders.resource_id (db-…), or aws_rds_cluster.orders.cluster_resource_id (cluster-…), not the identifier."
  }

  validation {
    condition     = var.database.iam_database_authentication_enabled != false
    error_message = "The proxy logs in to the database with a token: take a database with iam_database_authentication_enabled = true, such as that of the module iam-database or iam-cluster, or take the module iam-proxy."
  }
}

variable "create_database_rule" {
  description = "Whether the security group of the database gets a rule that lets the proxy in; `false` where it has one"
  type        = bool
  default     = true
  nullable    = false
}

################################################################################
# Users
################################################################################

variable "users" {
  description = "Users as whom the proxy may log in to the database. The users themselves are made in the database, for IAM"
  type        = set(string)
  nullable    = false

  validation {
    condition     = length(var.users) > 0
    error_message = "The proxy may log in as the users that are listed, and as nobody else: write, for instance, users = [\"app\"]."
  }

  validation {
    condition     = alltrue([for user in var.users : can(regex("^[A-Za-z0-9_][A-Za-z0-9_.-]{0,62}$", user))])
    error_message = "A user is written by its name in the database, in 1 to 63 letters, digits, underscores, dots and hyphens: write, for instance, users = [\"app\"]."
  }
}

################################################################################
# Role of the proxy
################################################################################

variable "role" {
  description = "An existing role that `rds.amazonaws.com` may assume, which gets the policy that lets it log in to the database. By default one is made"
  type        = object({ name = string, arn = string })
  default     = null
}

variable "role_path" {
  description = "Path of the role that is made"
  type        = string
  default     = null
}

variable "role_permissions_boundary" {
  description = "ARN of the permissions boundary of the role that is made"
  type        = string
  default     = null
}

################################################################################
# Proxy
################################################################################

variable "idle_client_timeout" {
  description = "Seconds after which the proxy closes a client connection that does nothing"
  type        = number
  default     = 1800
  nullable    = false

  validation {
    condition     = var.idle_client_timeout >= 1 && var.idle_client_timeout <= 28800
    error_message = "A proxy waits 1 to 28800 seconds: write, for instance, idle_client_timeout = 1800."
  }
}

variable "debug_logging" {
  description = "Whether the proxy logs what it does with statements, for a day; it may log their text"
  type        = bool
  default     = false
  nullable    = false
}

variable "connection_pool" {
  description = "How the proxy keeps connections to the database; what is left out is as RDS has it"
  type = object({
    connection_borrow_timeout    = optional(number)
    init_query                   = optional(string)
    max_connections_percent      = optional(number)
    max_idle_connections_percent = optional(number)
    session_pinning_filters      = optional(list(string))
  })
  default  = {}
  nullable = false
}

################################################################################
# Network
################################################################################

variable "vpc_id" {
  description = "VPC of the security group that is made: that of the database"
  type        = string
  default     = null

  validation {
    condition     = var.vpc_id != null || var.security_group != null
    error_message = "A security group is made in a VPC: write vpc_id = \"vpc-…\", or give one that exists by security_group = { id = \"sg-…\" }."
  }
}

variable "subnet_ids" {
  description = "Subnets of the proxy, in two availability zones or more, in the VPC of the database"
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(var.subnet_ids) >= 2
    error_message = "A proxy needs subnets in two availability zones: write subnet_ids = [\"subnet-…\", \"subnet-…\"]."
  }
}

variable "security_group" {
  description = "An existing security group, by id, which gets the rules for clients and the database. By default one is made in `vpc_id`"
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
    condition     = length(setsubtract(var.grants[*].user, var.users)) == 0
    error_message = "The proxy logs in to the database as the user that a grant names: add each user of grants to users."
  }

  validation {
    condition     = length(distinct([for grant in var.grants : jsonencode(grant)])) == length(var.grants)
    error_message = "The same grant is there twice: write it once."
  }
}
