resource "aws_db_instance" "main" {
  count = 1
  identifier = "orders-db"
  instance_class = "db.m6i.large"
  allocated_storage = 100
  storage_encrypted = true
  username = "root_admin"
  password = "canary-master-9f2c"
  engine = "mysql"
  engine_version = "8.0.40"
  vpc_security_group_ids = ["sg-0db00000000000001"]
  skip_final_snapshot = true
  iam_database_authentication_enabled = true
}

resource "aws_iam_role" "proxy" {
  name = "proxy"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "rds.amazonaws.com" } }] })
}

data "aws_iam_policy_document" "proxy_access_override" {
  statement {
    sid       = "Own0"
    effect    = "Allow"
    actions   = ["rds-db:connect"]
    resources = [format("arn:aws:rds-db:%s:%s:dbuser:%s/%s", "us-east-1", "123456789012", aws_db_instance.main[0].resource_id, "app")]
  }
}

data "aws_iam_policy_document" "proxy_access" {
  override_policy_documents = [data.aws_iam_policy_document.proxy_access_override.json]

  statement {
    sid       = "Own0"
    effect    = "Allow"
    actions   = ["logs:PutLogEvents"]
    resources = ["*"]
  }
}

resource "aws_iam_policy" "proxy_access" {
  name = "proxy_access"
  policy = data.aws_iam_policy_document.proxy_access.json
}

resource "aws_iam_role_policy_attachment" "proxy_access" {
  role = aws_iam_role.proxy.name
  policy_arn = aws_iam_policy.proxy_access.arn
}

resource "aws_db_proxy" "main" {
  for_each = toset(["orders"])
  name = "orders-proxy"
  engine_family = "MYSQL"
  require_tls = true
  default_auth_scheme = "IAM_AUTH"
  role_arn = aws_iam_role.proxy.arn
  vpc_subnet_ids = ["subnet-0aaa0000000000001", "subnet-0bbb0000000000002"]
  vpc_security_group_ids = ["sg-0aa00000000000002"]
}

resource "aws_db_proxy_default_target_group" "main" {
  for_each = toset(["orders"])
  db_proxy_name = aws_db_proxy.main[each.key].name
}

resource "aws_db_proxy_target" "main" {
  for_each = toset(["orders"])
  db_proxy_name = aws_db_proxy.main[each.key].name
  target_group_name = aws_db_proxy_default_target_group.main[each.key].name
  db_instance_identifier = aws_db_instance.main[0].identifier
}

data "aws_iam_policy_document" "orders_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "orders" {
  name = "orders"
  assume_role_policy = data.aws_iam_policy_document.orders_trust.json
}

data "aws_iam_policy_document" "orders_connect" {
  statement {
    effect    = "Allow"
    actions   = ["rds-db:connect"]
    resources = [for arn in [format("arn:aws:rds-db:%s:%s:dbuser:%s/%s", "us-east-1", "123456789012", regex("prx-[0-9a-z]+", aws_db_proxy.main["orders"].arn), "app")] : arn]
    condition {
      test     = "StringEquals"
      variable = "aws:SourceVpc"
      values   = ["vpc-0123456789abcdef0"]
    }
  }
}

resource "aws_iam_policy" "orders_connect" {
  name = "orders_connect"
  policy = data.aws_iam_policy_document.orders_connect.json
}

resource "aws_iam_role_policy_attachment" "orders_connect" {
  role = aws_iam_role.orders.name
  policy_arn = aws_iam_policy.orders_connect.arn
}
