provider "aws" {
  region = "us-east-1"
}

module "database" {
  source = "../../../modules/hcl/password-cluster"

  name           = "orders"
  engine         = "aurora-mysql"
  engine_version = "8.0.mysql_aurora.3.08.0"
  instance_class = "db.r7g.large"

  vpc_id     = "vpc-0123456789abcdef0"
  subnet_ids = ["subnet-0aaa0000000000001", "subnet-0bbb0000000000002"]

  tags = { Project = "orders" }
}

module "proxy" {
  source = "../../../modules/hcl/iam-proxy"

  name     = "orders"
  database = module.database.database
  users    = ["app", "reports"]

  vpc_id     = "vpc-0123456789abcdef0"
  subnet_ids = ["subnet-0aaa0000000000001", "subnet-0bbb0000000000002"]

  allowed_security_group_ids = { orders-service = "sg-0c11e000000000001" }

  grants = [
    { role = "orders-service", user = "app" },
    { group_name = "analysts", user = "reports" },
  ]

  tags = { Project = "orders" }
}
