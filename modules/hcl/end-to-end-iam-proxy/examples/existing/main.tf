# In front of a cluster that is there already, with what else is there: security group, role.

provider "aws" {
  region = "us-east-1"
}


data "aws_iam_role" "proxy" {
  name = "orders-proxy"
}

module "proxy" {
  source = "../.."

  name = "orders"

  database = {
    kind              = "cluster"
    identifier        = "orders"
    engine            = "aurora-mysql"
    port              = 3306
    resource_id       = "cluster-ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    security_group_id = "sg-0db00000000000001"
  }

  users = ["app"]

  role           = { name = data.aws_iam_role.proxy.name, arn = data.aws_iam_role.proxy.arn }
  security_group = { id = "sg-0aa00000000000002" }
  subnet_ids     = ["subnet-0aaa0000000000001", "subnet-0bbb0000000000002"]

  # The group of the database lets the proxy in already.
  create_database_rule = false

  grants = [{ role = "orders-service", user = "app" }]
}
