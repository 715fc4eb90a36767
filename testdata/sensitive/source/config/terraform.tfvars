from_file = "canary-tfvars"
