from_auto_file = {
  # canary-tfvars-comment
  token = "canary-auto-tfvars"
}
