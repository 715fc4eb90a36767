resource "aws_rds_cluster" "main" {
  cluster_identifier = "orders-db"
  master_username = "root_admin"
  master_password = "canary-master-9f2c"
  engine = "aurora-postgresql"
  engine_version = "16.4"
  vpc_security_group_ids = ["sg-0db00000000000001"]
  skip_final_snapshot = true
  iam_database_authentication_enabled = true
}

resource "aws_rds_cluster_instance" "main" {
  count = 2
  cluster_identifier = aws_rds_cluster.main.id
  identifier = "orders-db-${count.index}"
  engine = "aurora-postgresql"
  instance_class = "db.r6g.large"
}

resource "aws_secretsmanager_secret" "app" {
  name = "orders/app"
}

resource "aws_secretsmanager_secret_version" "app" {
  secret_id = aws_secretsmanager_secret.app.id
  secret_string = jsonencode({ username = "app", password = "canary-app-71aa" })
}

resource "aws_iam_role" "proxy" {
  name = "proxy"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "rds.amazonaws.com" } }] })
}

data "aws_iam_policy_document" "proxy_access_override" {
  statement {
    sid       = "Own0"
    effect    = "Allow"
    actions   = ["secretsmanager:GetSecretValue"]
    resources = [aws_secretsmanager_secret.app.arn]
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

module "proxy_access" {
  source = "../policy"
  name = "proxy_access"
  policy = data.aws_iam_policy_document.proxy_access.json
}

resource "aws_iam_role_policy_attachment" "proxy_access" {
  role = aws_iam_role.proxy.name
  policy_arn = module.proxy_access.arn
}

locals {
  auth = { app = { mode = "REQUIRED", arn = aws_secretsmanager_secret.app.arn } }
}

resource "aws_db_proxy" "main" {
  count = 1
  name = "orders-proxy"
  engine_family = "POSTGRESQL"
  require_tls = true
  role_arn = aws_iam_role.proxy.arn
  vpc_subnet_ids = ["subnet-0aaa0000000000001", "subnet-0bbb0000000000002"]
  vpc_security_group_ids = ["sg-0aa00000000000002"]
  dynamic "auth" {
    for_each = { for name, entry in local.auth : name => entry if name != "nobody" }
    content {
      auth_scheme = "SECRETS"
      iam_auth = auth.value.mode
      secret_arn = auth.value.arn
    }
  }
}

resource "aws_db_proxy_default_target_group" "main" {
  count = 1
  db_proxy_name = aws_db_proxy.main[0].name
}

resource "aws_db_proxy_target" "main" {
  count = 1
  db_proxy_name = aws_db_proxy.main[0].name
  target_group_name = aws_db_proxy_default_target_group.main[0].name
  db_cluster_identifier = aws_rds_cluster.main.cluster_identifier
}

locals {
  orders_endpoint = aws_db_proxy.main[0].id
}

resource "aws_iam_role" "orders" {
  name = "orders"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }] })
}

data "aws_iam_policy_document" "orders_connect" {
  statement {
    effect    = "Allow"
    actions   = ["rds-db:connect"]
    resources = flatten([["arn:aws:rds-db:${var.region}:${var.account_id}:dbuser:${local.orders_endpoint}/app"], []])
  }
}

resource "aws_iam_role_policy" "orders_connect" {
  name = "orders_connect"
  role = aws_iam_role.orders.id
  policy = data.aws_iam_policy_document.orders_connect.json
}

locals {
  worker_endpoint = element(split(":", one([aws_db_proxy.main[0].arn])), length(split(":", aws_db_proxy.main[0].arn)) - 1)
}

resource "aws_iam_role" "worker" {
  name = "worker"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }] })
}

data "aws_iam_policy_document" "worker_connect" {
  statement {
    effect    = "Allow"
    actions   = ["rds-db:connect"]
    resources = [for arn in ["arn:aws:rds-db:${var.region}:${var.account_id}:dbuser:${local.worker_endpoint}/app"] : arn]
  }
}

module "worker_connect" {
  source = "../policy"
  name = "worker_connect"
  policy = data.aws_iam_policy_document.worker_connect.json
}

resource "aws_iam_role_policy_attachment" "worker_connect" {
  role = aws_iam_role.worker.name
  policy_arn = module.worker_connect.arn
}

variable "region" {
  type = string
  default = "us-east-1"
}

variable "account_id" {
  type = string
  default = "123456789012"
}
