# The module "client" of this configuration.

variable "name" {
  type = string
}

variable "endpoint" {
  type = string
}

resource "aws_iam_role" "main" {
  name = var.name
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
}

data "aws_iam_policy_document" "connect" {
  statement {
    actions   = ["rds-db:connect"]
    resources = ["arn:aws:rds-db:us-east-1:123456789012:dbuser:${var.endpoint}/app"]
  }
}

resource "aws_iam_role_policy" "connect" {
  name   = "connect"
  role   = aws_iam_role.main.name
  policy = data.aws_iam_policy_document.connect.json
}
