data "aws_partition" "current" {}
data "aws_region" "current" {}
data "aws_caller_identity" "current" {}

locals {
  prefix = join(":", [
    "arn",
    data.aws_partition.current.partition,
    "rds-db",
    data.aws_region.current.region,
    data.aws_caller_identity.current.account_id,
    "dbuser",
  ])

  # Every user on every endpoint.
  arns = flatten([
    for pair in setproduct(values(var.endpoints), var.users) : [
      format("%s:%s/%s", local.prefix, pair[0], pair[1])
    ]
  ])
}

data "aws_iam_policy_document" "connect" {
  statement {
    sid       = "Connect"
    actions   = ["rds-db:connect"]
    resources = local.arns
  }
}

module "policy" {
  source = "../iam/modules/iam-policy"

  create      = var.create
  name_prefix = "${var.name}-connect-"
  description = format("Log in as %s", join(", ", var.users))
  policy      = data.aws_iam_policy_document.connect.json

  tags = var.tags
}

resource "aws_iam_role_policy_attachment" "this" {
  for_each = var.create ? toset(var.roles) : toset([])

  role       = each.value
  policy_arn = module.policy.arn
}
