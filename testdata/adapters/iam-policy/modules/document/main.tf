variable "resource" {}

data "aws_iam_policy_document" "this" {
  statement {
    actions   = ["rds-db:connect"]
    resources = [var.resource.arn]
  }
}

output "json" {
  value = data.aws_iam_policy_document.this.json
}
