resource "aws_iam_policy" "connect" {
  policy = <<-JSON
    {
      "Statement": [{
        "Effect": "Allow",
        "Action": "rds-db:connect",
        "Resource": "arn:aws:rds-db:*:*:dbuser:${aws_db_instance.main.resource_id}/app"
      }]
    }
  JSON
}
