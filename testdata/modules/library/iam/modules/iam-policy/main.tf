resource "aws_iam_policy" "this" {
  count = var.create ? 1 : 0

  name        = var.name_prefix == null ? var.name : null
  name_prefix = var.name_prefix
  path        = var.path
  description = var.description
  policy      = var.policy

  tags = var.tags
}
