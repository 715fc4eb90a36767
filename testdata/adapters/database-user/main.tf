terraform {
  required_providers {
    aws        = { source = "hashicorp/aws" }
    mysql      = { source = "petoju/mysql" }
    postgresql = { source = "cyrilgdn/postgresql" }
    random     = { source = "hashicorp/random" }
  }
}

provider "aws" {
  region = "eu-west-1"
}

# Its output is known after apply.
resource "terraform_data" "later" {
  input = "later"
}

resource "aws_db_instance" "a" {
  instance_class = "db.t4g.micro"
}

resource "aws_rds_cluster" "a" {
  engine = "aurora-mysql"
}

resource "random_password" "a" {
  length = 20
}

variable "host" {
  default = "orders.abcdefghijkl.eu-west-1.rds.amazonaws.com"
}

variable "domain" {
  default = "db.example.com"
}

variable "hidden" {
  default   = "canary-host.abcdefghijkl.eu-west-1.rds.amazonaws.com"
  sensitive = true
}

variable "password" {
  default   = "canary-password"
  sensitive = true
}

provider "postgresql" {
  host     = aws_db_instance.a.address
  username = "master"
  password = "canary-password"
}

provider "postgresql" {
  alias = "environment"
}

provider "postgresql" {
  alias = "literal"
  host  = "orders.db.example.com"
}

provider "postgresql" {
  alias = "variable"
  host  = var.host
}

provider "postgresql" {
  alias = "part"
  host  = "orders.${var.domain}"
}

provider "postgresql" {
  alias = "sensitive"
  host  = var.hidden
}

provider "postgresql" {
  alias = "later"
  host  = terraform_data.later.output
}

resource "postgresql_role" "empty" {
  name = "empty"
}

resource "postgresql_role" "known" {
  provider = postgresql.literal
  name     = "app"
  login    = true
  password = "canary-password"
  roles    = ["rds_iam"]
}

resource "postgresql_role" "unknown" {
  provider = postgresql.later
  name     = terraform_data.later.output
  login    = terraform_data.later.output == "yes"
  password = terraform_data.later.output
  roles    = split(",", terraform_data.later.output)
}

resource "postgresql_role" "reference" {
  provider = postgresql.variable
  name     = postgresql_role.unknown.name
  login    = true
  password = random_password.a.result
  roles    = [postgresql_role.unknown.name]
}

resource "postgresql_role" "sensitive" {
  provider = postgresql.sensitive
  name     = "sensitive"
  password = var.password
}

resource "postgresql_role" "write_only" {
  provider            = postgresql.part
  name                = "write-only"
  password_wo         = var.password
  password_wo_version = 1
}

resource "postgresql_role" "write_only_perhaps" {
  provider    = postgresql.environment
  name        = "write-only-perhaps"
  password_wo = var.password
  password    = ""
}

resource "postgresql_grant_role" "empty" {
  role       = "app"
  grant_role = "rds_iam"
}

resource "postgresql_grant_role" "unknown" {
  role       = terraform_data.later.output
  grant_role = terraform_data.later.output
}

resource "postgresql_grant_role" "reference" {
  provider   = postgresql.literal
  role       = postgresql_role.unknown.name
  grant_role = postgresql_role.empty.name
}

module "inherits" {
  source = "./modules/users"
}

module "passed" {
  source    = "./modules/users"
  providers = { postgresql = postgresql.literal }
}

# A provider in the module, configured by its own variable.
module "own" {
  source = "./modules/own"
  host   = aws_db_instance.a.address
}

provider "mysql" {
  endpoint = "${aws_rds_cluster.a.endpoint}:3306"
  username = "master"
  password = "canary-password"
}

provider "mysql" {
  alias    = "literal"
  endpoint = "aws://orders.db.example.com:3306"
}

resource "mysql_user" "empty" {
  user = "empty"
}

resource "mysql_user" "known" {
  provider    = mysql.literal
  user        = "app"
  host        = "%"
  auth_plugin = "AWSAuthenticationPlugin"
}

resource "mysql_user" "unknown" {
  user               = terraform_data.later.output
  host               = terraform_data.later.output
  auth_plugin        = terraform_data.later.output
  plaintext_password = terraform_data.later.output
}

resource "mysql_user" "reference" {
  user               = mysql_user.unknown.user
  host               = mysql_user.unknown.host
  plaintext_password = random_password.a.result
}

resource "mysql_user" "hashed" {
  user               = "hashed"
  auth_plugin        = "caching_sha2_password"
  auth_string_hashed = "canary-hash"
}
