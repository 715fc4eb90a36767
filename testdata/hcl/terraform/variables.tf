variable "proxy" {
  description = "What the proxy has."
  type = object({
    name     = string
    auth     = optional(list(map(string)), [])
    timeouts = optional(object({ create = optional(string, "30m") }), {})
  })
  default  = null
  nullable = true
  validation {
    condition     = var.proxy == null || length(var.proxy.name) > 0
    error_message = "A proxy needs a name."
  }
}
