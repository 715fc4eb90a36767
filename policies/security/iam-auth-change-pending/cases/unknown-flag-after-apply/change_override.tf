variable "input" {
  default = "yes"
}
