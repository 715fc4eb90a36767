provider "aws" {
  region = "us-east-1"
}

module "database" {
  source = "../../../modules/hcl/iam-database"

  name           = "orders"
  engine         = "postgres"
  engine_version = "16.4"
  instance_class = "db.m7g.xlarge"

  allow_major_version_upgrade = true
  apply_immediately           = true

  vpc_id     = "vpc-0123456789abcdef0"
  subnet_ids = ["subnet-0aaa0000000000001", "subnet-0bbb0000000000002"]

  allowed_security_group_ids = { orders-service = "sg-0c11e000000000001" }

  grants = [
    { role = "orders-service", user = "app" },
    { group_name = "analysts", user = "reports" },
  ]

  tags = { Project = "orders" }
}
