# terraform.tfvars has nothing but arguments.
name = "main"
auth = {
  app = {
    secret_arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:app-AbCdEf"
    iam_auth   = "REQUIRED"
  }
}
ports = [5432, 3306]
