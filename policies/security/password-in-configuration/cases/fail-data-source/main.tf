# A data source reads the password, and plan and state hold it from then on.

terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
  }
}

provider "aws" {
  region = "us-east-1"
}

# Its output is known after apply.
resource "terraform_data" "later" {
  input = "later"
}

data "aws_secretsmanager_secret_version" "master" {
  secret_id  = "orders/master"
  depends_on = [terraform_data.later]
}

resource "aws_db_instance" "main" {
  identifier          = "orders"
  engine              = "mysql"
  engine_version      = "8.4.3"
  instance_class      = "db.t4g.medium"
  allocated_storage   = 20
  username            = "root_admin"
  password            = jsondecode(data.aws_secretsmanager_secret_version.master.secret_string)["password"]
  skip_final_snapshot = true

}
