variable "application" {
  type = string
}

resource "aws_serverlessapplicationrepository_cloudformation_stack" "this" {
  name           = "orders-rotation"
  application_id = "arn:aws:serverlessrepo:us-east-1:297356227824:applications/${var.application}"
  capabilities   = ["CAPABILITY_IAM", "CAPABILITY_RESOURCE_POLICY"]
}

output "lambda_arn" {
  value = aws_serverlessapplicationrepository_cloudformation_stack.this.outputs.RotationLambdaARN
}
