# In a VPC where subnet group, security group and parameter group are there already.

provider "aws" {
  region = "us-east-1"
}

data "aws_db_subnet_group" "shared" {
  name = "shared"
}

data "aws_security_group" "database" {
  id = "sg-0db00000000000001"
}

module "database" {
  source = "../.."

  name           = "orders"
  engine         = "aurora-postgresql"
  engine_version = "16.4"
  instance_class = "db.r7g.large"

  subnet_group    = { name = data.aws_db_subnet_group.shared.name }
  security_group  = { id = data.aws_security_group.database.id }
  parameter_group = { name = "company-tls" }
}
