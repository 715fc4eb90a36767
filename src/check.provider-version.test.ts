import { expect, test } from '@jest/globals';
import { checkFiles } from './testing/check-text.ts';

const grant = `
provider "aws" {
  region = "eu-west-1"
}
module "orders" {
  source = "./orders"
}
`;

const module = `
resource "aws_db_instance" "orders" {
  engine                              = "postgres"
  username                            = "root1"
  manage_master_user_password         = true
  iam_database_authentication_enabled = true
}
resource "aws_iam_role" "orders" {
  name               = "orders"
  assume_role_policy = jsonencode({
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
  })
}
resource "aws_iam_role_policy" "orders" {
  role   = aws_iam_role.orders.name
  policy = jsonencode({ Statement = [{
    Effect   = "Allow"
    Action   = "rds-db:connect"
    Resource = "arn:aws:rds-db:eu-west-1:*:dbuser:${'${aws_db_instance.orders.id}'}/app"
  }] })
}
`;

const constraint = (version: string): string =>
  `terraform {\n  required_providers {\n    aws = { source = "hashicorp/aws", version = "${version}" }\n  }\n}\n`;

// Fact 4.21: `id` is the resource id from provider 5 on, and the identifier before.
test.each([
  ['the root', constraint('>= 6.26.0'), '', 'reachable'],
  ['a module', '', constraint('>= 6.26.0'), 'reachable'],
  ['a module, beside what the root leaves open', constraint('>= 4.0'), constraint('>= 5.1'), 'reachable'],
  ['a module that keeps it old', constraint('>= 3.0'), constraint('~> 4.67'), 'unreachable'],
  ['nobody', '', '', 'unknown'],
])('the version of the provider is what %s asks for', (_, ofRoot, ofModule, verdict) => {
  const report = checkFiles({ 'main.tf': ofRoot + grant, 'orders/main.tf': ofModule + module });
  expect(report.connections.find(({ path }) => path === 'iam-rds')).toMatchObject({ user: 'app', verdict });
});
