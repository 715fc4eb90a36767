terraform {
  # 1.11: write-only arguments, by which passwords stay out of plan and state.
  required_version = ">= 1.11"

  required_providers {
    aws = {
      source = "hashicorp/aws"
      # 6.15: the oldest with every argument of all modules for proxies, so that they are used together.
      version = ">= 6.15"
    }
  }
}
