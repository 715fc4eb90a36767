provider "aws" {
  region = "us-east-1"
}

module "database" {
  source = "../../../modules/hcl/password-database"

  name           = "orders"
  engine         = "sqlserver-se"
  engine_version = "15.00.4430.1.v1"
  instance_class = "db.m7i.large"

  vpc_id     = "vpc-0123456789abcdef0"
  subnet_ids = ["subnet-0aaa0000000000001", "subnet-0bbb0000000000002"]

  tags = { Project = "orders" }
}

module "proxy" {
  source = "../../../modules/hcl/password-proxy"

  name     = "orders"
  database = module.database.database
  users    = ["app", "reports"]

  vpc_id     = "vpc-0123456789abcdef0"
  subnet_ids = ["subnet-0aaa0000000000001", "subnet-0bbb0000000000002"]

  allowed_security_group_ids = { orders-service = "sg-0c11e000000000001" }

  tags = { Project = "orders" }
}
