import { expect, test } from '@jest/globals';
import type { Report } from './model/report.ts';
import { checkText } from './testing/check-text.ts';

const trusts = (service: string): string =>
  `jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { Service = "${service}" }, Action = "sts:AssumeRole" }] })`;

const placed = `
provider "aws" { region = "eu-west-1" }
resource "aws_db_instance" "main" {
  identifier                          = "main"
  engine                              = "postgres"
  engine_version                      = "16.3"
  instance_class                      = "db.t3.medium"
  username                            = "root1"
  manage_master_user_password         = true
  iam_database_authentication_enabled = true
}
resource "aws_db_proxy_target" "main" {
  db_proxy_name          = aws_db_proxy.main.name
  target_group_name      = "default"
  db_instance_identifier = aws_db_instance.main.identifier
}`;

/** A function that uses the proxy and may log in to the database alone; its role has one more policy. */
const checkClient = (policyArn: string): Report =>
  checkText(`${placed}
resource "aws_db_proxy" "main" {
  name                = "main"
  engine_family       = "POSTGRESQL"
  require_tls         = true
  role_arn            = "arn:aws:iam::123456789012:role/proxy"
  default_auth_scheme = "IAM_AUTH"
}
resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = ${trusts('lambda.amazonaws.com')}
}
resource "aws_iam_role_policy" "app" {
  role   = aws_iam_role.app.name
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "rds-db:connect", Resource = "arn:aws:rds-db:eu-west-1:123456789012:dbuser:\${aws_db_instance.main.resource_id}/app" }] })
}
resource "aws_iam_role_policy_attachment" "app" {
  role       = aws_iam_role.app.name
  policy_arn = "${policyArn}"
}
resource "aws_lambda_function" "app" {
  function_name = "app"
  role          = aws_iam_role.app.arn
  environment {
    variables = { DB_HOST = aws_db_proxy.main.endpoint }
  }
}`);

const outcomes = ({ findings }: Report, name: string): readonly string[] =>
  findings.filter(({ policy }) => policy === name).map(({ outcome }) => outcome);

test.each([
  ['arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole', 'fail'],
  ['arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole', 'fail'],
  ['arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore', 'fail'],
  ['arn:aws:iam::123456789012:policy/elsewhere', 'unknown'],
])('a client that uses another endpoint than its role is granted, with %s: %s', (policyArn, outcome) => {
  expect(outcomes(checkClient(policyArn), 'connect-grant-other-endpoint')).toEqual([outcome]);
});

test('a policy that AWS manages and that allows all is enough', () => {
  const report = checkClient('arn:aws:iam::aws:policy/PowerUserAccess');
  expect(outcomes(report, 'connect-grant-other-endpoint')).toEqual([]);
});

test.each([
  ['arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole', ['fail']],
  ['arn:aws:iam::aws:policy/SecretsManagerReadWrite', []],
  ['arn:aws:iam::123456789012:policy/elsewhere', []],
])('a proxy whose role has %s alone: %j', (policyArn, expected) => {
  const report = checkText(`${placed}
resource "aws_iam_role" "proxy" {
  name               = "proxy"
  assume_role_policy = ${trusts('rds.amazonaws.com')}
}
resource "aws_iam_role_policy_attachment" "proxy" {
  role       = aws_iam_role.proxy.name
  policy_arn = "${policyArn}"
}
resource "aws_db_proxy" "main" {
  name          = "main"
  engine_family = "POSTGRESQL"
  require_tls   = true
  role_arn      = aws_iam_role.proxy.arn
  auth {
    secret_arn = aws_db_instance.main.master_user_secret[0].secret_arn
  }
}`);
  expect(outcomes(report, 'proxy-role-cannot-read-secret')).toEqual(expected);
});
