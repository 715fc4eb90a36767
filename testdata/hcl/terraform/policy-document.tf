data "aws_iam_policy_document" "connect" {
  statement {
    sid       = "Connect"
    effect    = "Allow"
    actions   = ["rds-db:connect"]
    resources = [
      "arn:${data.aws_partition.current.partition}:rds-db:${local.region}:${local.account}:dbuser:${local.id}/*",
      for_each.key,
    ]
    condition {
      test     = "StringEquals"
      variable = "aws:PrincipalTag/team"
      values   = ["$${aws:username}"]
    }
  }
}
