provider "aws" {
  region = "us-east-1"
}

variable "hmac_key" {
  type      = string
  ephemeral = true
  sensitive = true
}

module "run_task" {
  source = "../../../deploy/lambda"

  # In place of the built one, which is too large for a plan.
  program  = "${path.root}/modules/index.mjs"
  hmac_key = var.hmac_key

  secrets_extension_layer_arn = "arn:aws:lambda:us-east-1:177933569100:layer:AWS-Parameters-and-Secrets-Lambda-Extension-Arm64:18"

  organization_configurations = {
    acme  = "output: { unknown: fail }"
    other = "sets: [security]"
  }

  tags = { Project = "rds-auth-policy" }
}

output "url" {
  value = module.run_task.url
}
