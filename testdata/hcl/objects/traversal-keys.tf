# Without parentheses these are no references, but Terraform refuses them later.
a = { b.c = 1 }
