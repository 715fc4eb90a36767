resource "aws_iam_role_policy" "orders_connect" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "rds-db:connect"
      Resource = "arn:aws:rds-db:us-east-1:123456789012:dbuser:${element(split(":", aws_db_proxy.main.arn), 6)}/app"
    }]
  })
}
