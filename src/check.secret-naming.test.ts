import { expect, test } from '@jest/globals';
import { checkText } from './testing/check-text.ts';

/** How a source names the secret of a proxy. */

const verdictOf = (secretArn: string): readonly string[] => {
  const { connections, findings } = checkText(`
provider "aws" { region = "us-east-1" }
resource "random_pet" "p" {}
resource "aws_db_instance" "main" {
  identifier                  = "orders-db"
  engine                      = "mysql"
  engine_version              = "8.0.40"
  instance_class              = "db.m6i.large"
  username                    = "root_admin"
  manage_master_user_password = true
}
resource "aws_secretsmanager_secret" "app" { name = "orders-app" }
resource "aws_secretsmanager_secret_version" "app" {
  secret_id     = aws_secretsmanager_secret.app.id
  secret_string = jsonencode({ username = "app", password = "canary-app" })
}
resource "aws_iam_role" "proxy" {
  name               = "orders-proxy"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "rds.amazonaws.com" } }] })
}
resource "aws_iam_role_policy" "proxy" {
  role   = aws_iam_role.proxy.name
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "secretsmanager:GetSecretValue", Resource = "arn:aws:secretsmanager:us-east-1:123456789012:secret:orders-app-*" }] })
}
resource "aws_db_proxy" "main" {
  name           = "orders-proxy"
  engine_family  = "MYSQL"
  require_tls    = true
  role_arn       = aws_iam_role.proxy.arn
  vpc_subnet_ids = ["subnet-0aaa0000000000001", "subnet-0bbb0000000000002"]
  auth {
    iam_auth   = "REQUIRED"
    secret_arn = ${secretArn}
  }
}
resource "aws_db_proxy_target" "main" {
  db_proxy_name          = aws_db_proxy.main.name
  target_group_name      = "default"
  db_instance_identifier = aws_db_instance.main.identifier
}`);
  return [
    ...connections.flatMap(({ path, verdict }) => (path === 'iam-proxy-rds' ? [verdict] : [])),
    ...findings.flatMap(({ policy, outcome }) => (policy === 'proxy-without-credentials' ? [outcome] : [])),
  ];
};

const [secret, version] = ['aws_secretsmanager_secret.app', 'aws_secretsmanager_secret_version.app'];

test.each([
  ['the ARN', `${secret}.arn`, ['reachable']],
  ['the name', `${secret}.name`, ['unreachable', 'fail']],
  ['the id of a version', `${version}.id`, ['unreachable', 'fail']],
  ['the ARN, or the name', `random_pet.p.id == "x" ? ${secret}.arn : ${secret}.name`, ['unknown', 'unknown']],
  ['the name, or the ARN', `random_pet.p.id == "x" ? ${secret}.name : ${secret}.arn`, ['unknown', 'unknown']],
  ['the ARN in two ways', `random_pet.p.id == "x" ? ${secret}.arn : ${secret}.id`, ['reachable']],
  ['what stands before the id of a version', `split("|", ${version}.id)[0]`, ['reachable']],
  ['the same by an expression', `regex("^[^|]*", ${version}.id)`, ['reachable']],
  ['the same of a group', `regex("^(.*)\\\\|", ${version}.id)[0]`, ['reachable']],
  ['the same by what is left out', `replace(${version}.id, "/\\\\|.*/", "")`, ['reachable']],
  ['what stands behind it', `split("|", ${version}.id)[1]`, ['unreachable', 'fail']],
])('%s', (_, secretArn, expected) => {
  expect(verdictOf(secretArn)).toEqual(expected);
});
