provider "aws" {
  region = "us-east-1"
}

module "database" {
  source = "../../../modules/hcl/password-database"

  name           = "orders"
  engine         = "mysql"
  engine_version = "8.0.40"
  instance_class = "db.m7g.large"

  vpc_id     = "vpc-0123456789abcdef0"
  subnet_ids = ["subnet-0aaa0000000000001", "subnet-0bbb0000000000002"]

  tags = { Project = "orders" }
}

module "proxy" {
  source = "../../../modules/hcl/iam-proxy"

  name     = "orders"
  database = module.database.database
  users    = ["app", "batch"]

  vpc_id     = "vpc-0123456789abcdef0"
  subnet_ids = ["subnet-0aaa0000000000001", "subnet-0bbb0000000000002"]

  allowed_security_group_ids = { old-service = "sg-0c11e000000000009" }

  grants = [
    { role = "orders-service", user = "app" },
    { user_name = "somebody", user = "app" },
  ]

  tags = { Project = "orders" }
}
