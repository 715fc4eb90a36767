terraform {
  # 1.11: write-only arguments, which keep the key out of plan and state.
  required_version = ">= 1.11"

  required_providers {
    archive = {
      source  = "hashicorp/archive"
      version = ">= 2.4"
    }
    aws = {
      source = "hashicorp/aws"
      # 6.29: permissions with invoked_via_function_url.
      version = ">= 6.29"
    }
  }
}
