# The module "client" of this configuration.

variable "name" {
  type = string
}

variable "user" {
  type = string
}

variable "endpoints" {
  type = any
}

resource "aws_iam_role" "this" {
  name = var.name
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
}

data "aws_iam_policy_document" "connect" {
  statement {
    sid       = "ThroughTheProxy"
    actions   = ["rds-db:connect"]
    resources = ["arn:aws:rds-db:us-east-1:123456789012:dbuser:${var.endpoints.proxy.resource_id}/${var.user}"]
  }
  statement {
    sid       = "Directly"
    actions   = ["rds-db:connect"]
    resources = ["arn:aws:rds-db:us-east-1:123456789012:dbuser:${var.endpoints.database.resource_id}/${var.name}"]
  }
}

resource "aws_iam_role_policy" "connect" {
  name   = "connect"
  role   = aws_iam_role.this.name
  policy = data.aws_iam_policy_document.connect.json
}
