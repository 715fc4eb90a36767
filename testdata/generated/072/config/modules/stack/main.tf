resource "aws_db_instance" "main" {
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

data "aws_iam_policy_document" "proxy_access" {
  statement {
    effect    = "Allow"
    actions   = ["rds-db:connect"]
    resources = [format("arn:aws:rds-db:%s:%s:dbuser:%s/%s", "us-east-1", "123456789012", aws_db_instance.main.resource_id, "app")]
  }
}

resource "aws_iam_role_policy" "proxy_access" {
  name = "proxy_access"
  role = aws_iam_role.proxy.id
  policy = data.aws_iam_policy_document.proxy_access.json
}

resource "aws_db_proxy" "main" {
  name = "orders-proxy"
  engine_family = "MYSQL"
  require_tls = true
  default_auth_scheme = "IAM_AUTH"
  role_arn = aws_iam_role.proxy.arn
  vpc_subnet_ids = ["subnet-0aaa0000000000001", "subnet-0bbb0000000000002"]
  vpc_security_group_ids = ["sg-0aa00000000000002"]
}

resource "aws_db_proxy_default_target_group" "main" {
  db_proxy_name = aws_db_proxy.main.name
}

resource "aws_db_proxy_target" "main" {
  db_proxy_name = aws_db_proxy.main.name
  target_group_name = "default"
  db_instance_identifier = aws_db_instance.main.identifier
}

resource "aws_iam_group" "orders" {
  name = "orders"
}

resource "aws_iam_policy" "orders_connect" {
  name = "orders_connect"
  policy = join("", ["{\"Version\":\"2012-10-17\",\"Statement\":[", jsonencode({ Effect = "Allow", Action = ["rds-db:connect"], Resource = [format("arn:aws:rds-db:%s:%s:dbuser:%s/%s", "us-east-1", "123456789012", element(split(":", one([aws_db_proxy.main.arn])), length(split(":", aws_db_proxy.main.arn)) - 1), "app")] }), "]}"])
}

resource "aws_iam_group_policy_attachment" "orders_connect" {
  for_each = { own = aws_iam_policy.orders_connect.arn }
  group = aws_iam_group.orders.name
  policy_arn = each.value
}

resource "aws_iam_role" "reporting" {
  name = "reporting"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }] })
}

data "aws_iam_policy_document" "reporting_connect_override" {
  statement {
    sid       = "Own0"
    effect    = "Allow"
    actions   = ["rds-db:connect"]
    resources = [format("arn:aws:rds-db:%s:%s:dbuser:%s/%s", "us-east-1", "123456789012", aws_db_instance.main.resource_id, "reporting")]
  }
}

data "aws_iam_policy_document" "reporting_connect" {
  override_policy_documents = [data.aws_iam_policy_document.reporting_connect_override.json]

  statement {
    sid       = "Own0"
    effect    = "Allow"
    actions   = ["logs:PutLogEvents"]
    resources = ["*"]
  }
}

resource "aws_iam_role_policy" "reporting_connect" {
  name = "reporting_connect"
  role = aws_iam_role.reporting.name
  policy = data.aws_iam_policy_document.reporting_connect.json
}
