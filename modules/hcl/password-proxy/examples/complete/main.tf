provider "aws" {
  region = local.region
}

locals {
  name   = "orders"
  region = "us-east-1"
  tags   = { Example = "password-proxy" }
}

################################################################################
# What is around it
################################################################################

resource "aws_vpc" "this" {
  cidr_block           = "10.20.0.0/16"
  enable_dns_hostnames = true

  tags = merge(local.tags, { Name = local.name })
}

resource "aws_subnet" "private" {
  for_each = { a = 0, b = 1 }

  vpc_id            = aws_vpc.this.id
  availability_zone = "${local.region}${each.key}"
  cidr_block        = cidrsubnet(aws_vpc.this.cidr_block, 8, each.value)

  tags = merge(local.tags, { Name = "${local.name}-${each.key}" })
}

resource "aws_security_group" "service" {
  name_prefix = "${local.name}-service-"
  description = "The service ${local.name}"
  vpc_id      = aws_vpc.this.id

  tags = merge(local.tags, { Name = "${local.name}-service" })

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_egress_rule" "service" {
  security_group_id            = aws_security_group.service.id
  description                  = "To the database"
  referenced_security_group_id = module.proxy.security_group_id
  ip_protocol                  = "tcp"
  from_port                    = module.proxy.port
  to_port                      = module.proxy.port

  tags = local.tags
}

resource "aws_kms_key" "secrets" {
  description         = "Secrets of ${local.name}"
  enable_key_rotation = true

  tags = local.tags
}

################################################################################
# Rotation
################################################################################

resource "aws_security_group" "rotation" {
  name_prefix = "${local.name}-rotation-"
  description = "The function that rotates secrets of ${local.name}"
  vpc_id      = aws_vpc.this.id

  tags = merge(local.tags, { Name = "${local.name}-rotation" })

  lifecycle {
    create_before_destroy = true
  }
}

# To Secrets Manager. It gets to the database as the proxy does, with the security group of the proxy.
resource "aws_vpc_security_group_egress_rule" "rotation" {
  security_group_id = aws_security_group.rotation.id
  description       = "To Secrets Manager"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443

  tags = local.tags
}

# The function that AWS publishes for PostgreSQL, which changes the password of the user in the secret.
resource "aws_serverlessapplicationrepository_cloudformation_stack" "rotation" {
  name           = "${local.name}-rotation"
  application_id = "arn:aws:serverlessrepo:us-east-1:297356227824:applications/SecretsManagerRDSPostgreSQLRotationSingleUser"
  capabilities   = ["CAPABILITY_IAM", "CAPABILITY_RESOURCE_POLICY"]

  parameters = {
    functionName        = "${local.name}-rotation"
    endpoint            = "https://secretsmanager.${local.region}.amazonaws.com"
    kmsKeyArn           = aws_kms_key.secrets.arn
    vpcSubnetIds        = join(",", [for subnet in aws_subnet.private : subnet.id])
    vpcSecurityGroupIds = join(",", [aws_security_group.rotation.id, module.proxy.security_group_id])
  }

  tags = local.tags
}

################################################################################
# The database and its proxy
################################################################################

module "database" {
  source = "../../../password-database"

  name           = local.name
  engine         = "postgres"
  engine_version = "16.4"
  instance_class = "db.m7g.large"
  port           = 6432

  vpc_id     = aws_vpc.this.id
  subnet_ids = [for subnet in aws_subnet.private : subnet.id]

  tags = local.tags
}

module "proxy" {
  source = "../.."

  name     = local.name
  database = module.database.database
  users    = ["app", "reports"]

  secret_kms_key = { arn = aws_kms_key.secrets.arn }
  rotation       = { lambda_arn = aws_serverlessapplicationrepository_cloudformation_stack.rotation.outputs["RotationLambdaARN"] }

  vpc_id     = aws_vpc.this.id
  subnet_ids = [for subnet in aws_subnet.private : subnet.id]

  allowed_security_group_ids = { service = aws_security_group.service.id }
  allowed_cidr_blocks        = { office = "10.30.0.0/16" }

  idle_client_timeout = 900
  connection_pool     = { max_connections_percent = 80, connection_borrow_timeout = 30 }

  tags = local.tags
}
