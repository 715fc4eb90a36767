# In front of a database that is there already, with what else is there: security group, role, secret, key.

provider "aws" {
  region = "us-east-1"
}

data "aws_db_instance" "orders" {
  db_instance_identifier = "orders"
}

data "aws_secretsmanager_secret" "app" {
  name = "orders/app"
}

data "aws_kms_key" "secrets" {
  key_id = "alias/orders"
}

data "aws_iam_role" "proxy" {
  name = "orders-proxy"
}

module "proxy" {
  source = "../.."

  name = "orders"

  database = {
    kind              = "instance"
    identifier        = data.aws_db_instance.orders.db_instance_identifier
    engine            = data.aws_db_instance.orders.engine
    port              = data.aws_db_instance.orders.port
    security_group_id = "sg-0db00000000000001"
  }

  secrets = {
    app = {
      arn     = data.aws_secretsmanager_secret.app.arn
      kms_key = { arn = data.aws_kms_key.secrets.arn }
    }
  }

  role           = { name = data.aws_iam_role.proxy.name, arn = data.aws_iam_role.proxy.arn }
  security_group = { id = "sg-0aa00000000000002" }
  subnet_ids     = ["subnet-0aaa0000000000001", "subnet-0bbb0000000000002"]

  # The group of the database lets the proxy in already.
  create_database_rule = false

  grants = [{ role = "orders-service", user = "app" }]
}
