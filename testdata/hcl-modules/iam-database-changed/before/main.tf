provider "aws" {
  region = "us-east-1"
}

module "database" {
  source = "../../../modules/hcl/iam-database"

  name           = "orders"
  engine         = "postgres"
  engine_version = "15.8"
  instance_class = "db.m7g.large"

  vpc_id     = "vpc-0123456789abcdef0"
  subnet_ids = ["subnet-0aaa0000000000001", "subnet-0bbb0000000000002"]

  allowed_security_group_ids = { old-service = "sg-0c11e000000000009" }

  grants = [
    { role = "orders-service", user = "app" },
    { user_name = "somebody", user = "app" },
  ]

  tags = { Project = "orders" }
}
