variable "name" {
  description = "Name of the function, and the beginning of the names of all that belongs to it"
  type        = string
  default     = "rds-auth-policy"
  nullable    = false

  validation {
    condition     = can(regex("^[a-zA-Z0-9][a-zA-Z0-9_-]{0,53}$", var.name))
    error_message = "The name of a function has 1 to 54 letters, digits, hyphens and underscores here, and begins with a letter or a digit."
  }
}

variable "program" {
  description = "Path of `dist/lambda/index.mjs` of the package rds-auth-policy"
  type        = string
  nullable    = false

  validation {
    condition     = endswith(var.program, "/index.mjs") && fileexists(var.program)
    error_message = "There is no such file: write the path of dist/lambda/index.mjs of the package, for instance \"./node_modules/rds-auth-policy/dist/lambda/index.mjs\"."
  }
}

variable "hmac_key" {
  description = "HMAC key of the run task: the same as `hmac_key_wo` of `tfe_organization_run_task`. It is written to Secrets Manager and is neither in plan nor in state"
  type        = string
  ephemeral   = true
  sensitive   = true
  nullable    = false

  validation {
    condition     = length(var.hmac_key) >= 32
    error_message = "The HMAC key has at least 32 characters: make one with openssl rand -hex 32."
  }
}

variable "hmac_key_version" {
  description = "A number that is raised whenever `hmac_key` changes: Terraform does not see it otherwise"
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = var.hmac_key_version >= 1 && floor(var.hmac_key_version) == var.hmac_key_version
    error_message = "The version of the HMAC key is a whole number from 1."
  }
}

variable "accept_previous_hmac_key" {
  description = "Whether the key before this one is good as well: true only while a key is replaced"
  type        = bool
  default     = false
  nullable    = false
}

variable "secrets_extension_layer_arn" {
  description = "ARN of the layer AWS-Parameters-and-Secrets-Lambda-Extension-Arm64, with its version, in the region of the function. AWS lists it in its documentation of the extension"
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:aws[a-z-]*:lambda:[a-z0-9-]+:\\d{12}:layer:AWS-Parameters-and-Secrets-Lambda-Extension-Arm64:\\d+$", var.secrets_extension_layer_arn))
    error_message = "The function runs on arm64: write the ARN of a version of the layer AWS-Parameters-and-Secrets-Lambda-Extension-Arm64."
  }
}

variable "allowed_hosts" {
  description = "Hosts that requests may name, `HOST` or `HOST:PORT`: the one of your Terraform Enterprise in place of `app.terraform.io`"
  type        = list(string)
  default     = ["app.terraform.io"]
  nullable    = false

  validation {
    condition     = length(var.allowed_hosts) > 0 && alltrue([for host in var.allowed_hosts : can(regex("^[a-zA-Z0-9.-]+(:\\d+)?$", host))])
    error_message = "Every allowed host is the name of one host, with a port where it has one: write, for instance, \"app.terraform.io\"."
  }
}

variable "configuration" {
  description = "Text of the rds-auth-policy.yaml to judge by. It is the function's own: what a run brings along decides nothing"
  type        = string
  default     = "{}"
  nullable    = false

  validation {
    condition     = can(yamldecode(var.configuration))
    error_message = "The configuration is no YAML: write, for instance, file(\"rds-auth-policy.yaml\")."
  }
}

variable "organization_configurations" {
  description = "Texts to judge by in place of `configuration`, by the name of the organization in HCP Terraform"
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for name, text in var.organization_configurations : can(regex("^[A-Za-z0-9_-]+$", name)) && can(yamldecode(text))])
    error_message = "Every organization has the text of a configuration in YAML: write, for instance, { acme = file(\"acme.yaml\") }."
  }
}

variable "unknown" {
  description = "What becomes of undecided mandatory policies: `report` or `fail`"
  type        = string
  default     = "report"
  nullable    = false

  validation {
    condition     = contains(["report", "fail"], var.unknown)
    error_message = "Undecided policies are reported or fail: write \"report\" or \"fail\"."
  }
}

variable "max_run_age_hours" {
  description = "Older runs are refused, as requests that somebody recorded"
  type        = number
  default     = 720
  nullable    = false

  validation {
    condition     = var.max_run_age_hours >= 1 && var.max_run_age_hours <= 87600 && floor(var.max_run_age_hours) == var.max_run_age_hours
    error_message = "The age of a run is a whole number of hours from 1 to 87600."
  }
}

variable "max_plan_mb" {
  description = "The largest plan"
  type        = number
  default     = 100
  nullable    = false

  validation {
    condition     = var.max_plan_mb >= 1 && var.max_plan_mb <= 500 && floor(var.max_plan_mb) == var.max_plan_mb
    error_message = "The largest plan is a whole number of MB from 1 to 500. A large one needs more memory_mb as well."
  }
}

variable "max_configuration_mb" {
  description = "The largest archive of a configuration"
  type        = number
  default     = 64
  nullable    = false

  validation {
    condition     = var.max_configuration_mb >= 1 && var.max_configuration_mb <= 500 && floor(var.max_configuration_mb) == var.max_configuration_mb
    error_message = "The largest archive is a whole number of MB from 1 to 500."
  }
}

variable "memory_mb" {
  description = "Memory of the function in MB, of which a check may use 60 %. More memory is more processor as well"
  type        = number
  default     = 2048
  nullable    = false

  validation {
    condition     = var.memory_mb >= 512 && var.memory_mb <= 10240
    error_message = "The function has 512 to 10240 MB of memory."
  }
}

variable "timeout_seconds" {
  description = "Time limit of the function. A run is told of a failure before it is over"
  type        = number
  default     = 300
  nullable    = false

  validation {
    condition     = var.timeout_seconds >= 30 && var.timeout_seconds <= 900
    error_message = "The function has 30 to 900 seconds."
  }
}

variable "reserved_concurrency" {
  description = "How many run tasks are judged at a time at most: the address is public, and this is what bounds its costs. `null` reserves none: AWS refuses a reservation that leaves an account too few executions, as new accounts have"
  type        = number
  default     = 10

  validation {
    condition     = var.reserved_concurrency == null ? true : var.reserved_concurrency >= 1
    error_message = "At least one run task is judged at a time: write a number from 1, or null to reserve none."
  }
}

variable "log_retention_days" {
  description = "For how many days logs are kept"
  type        = number
  default     = 30
  nullable    = false

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "CloudWatch keeps logs for 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288 or 3653 days."
  }
}

variable "tags" {
  description = "Tags of every resource that can have them"
  type        = map(string)
  default     = {}
  nullable    = false
}
