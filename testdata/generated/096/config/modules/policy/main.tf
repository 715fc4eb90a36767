variable "name" {
  type = string
}

variable "policy" {
  type = string
}

resource "aws_iam_policy" "this" {
  count = var.name == "" ? 0 : 1
  name = var.name
  policy = var.policy
}

output "arn" {
  value = try(aws_iam_policy.this[0].arn, "")
}
