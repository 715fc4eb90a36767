import { expect, test } from '@jest/globals';
import type { Report } from './model/report.ts';
import { checkFile } from './testing/check-file.ts';
import { checkText } from './testing/check-text.ts';

const checkResources = (resources: readonly string[], actions = ['rds-db:connect']): Report =>
  checkText(`
provider "aws" { region = "eu-west-1" }
data "aws_caller_identity" "current" {}
resource "aws_db_instance" "main" {
  identifier                          = "main"
  engine                              = "postgres"
  engine_version                      = "16.3"
  instance_class                      = "db.t3.medium"
  username                            = "root1"
  manage_master_user_password         = true
  iam_database_authentication_enabled = true
}
resource "aws_db_instance" "other" {
  identifier                          = "other"
  engine                              = "postgres"
  username                            = "root1"
  manage_master_user_password         = true
  iam_database_authentication_enabled = true
}
resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { Service = "ec2.amazonaws.com" }, Action = "sts:AssumeRole" }] })
}
resource "aws_iam_role_policy" "app" {
  role   = aws_iam_role.app.name
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ${JSON.stringify(actions)}, Resource = ${JSON.stringify(resources)} }] })
}`);

const account = '${data.aws_caller_identity.current.account_id}';
const right = `arn:aws:rds-db:eu-west-1:${account}:dbuser:\${aws_db_instance.main.resource_id}/app`;
const ofRds = right.replace('rds-db', 'rds');

const logins = ({ connections }: Report): readonly string[] =>
  connections.filter(({ path }) => path === 'iam-rds').map(({ user, verdict }) => `${user} ${verdict}`);

const found = ({ findings }: Report): readonly string[] =>
  findings.filter(({ policy }) => policy.startsWith('connect-')).map(({ policy, outcome }) => `${policy} ${outcome}`);

test('an ARN of rds, and not of rds-db, lets nobody in', () => {
  const report = checkResources([ofRds]);
  expect(logins(report)).toEqual(['app unreachable']);
  expect(found(report)).toEqual(['connect-arn-wrong-scope fail']);
  const [finding] = report.findings.filter(({ policy }) => policy === 'connect-arn-wrong-scope');
  expect(finding?.message).toContain('names the service rds; IAM compares an ARN of rds-db');
  expect(finding?.remediation).toContain('arn:aws:rds-db:eu-west-1:');
});

test.each([
  ['beside the right one', [right, ofRds], ['rds-db:connect']],
  [
    'of another service',
    [right, `arn:aws:ssm:eu-west-1:${account}:parameter/app`],
    ['rds-db:connect', 'ssm:GetParameter'],
  ],
  ['of the database itself', [right, '${aws_db_instance.main.arn}'], ['rds-db:connect', 'rds:DescribeDBInstances']],
  ['of another database', [right, '${aws_db_instance.other.arn}'], ['rds-db:connect', 'rds:DescribeDBInstances']],
  ['of the database and something', [right, '${aws_db_instance.main.arn}/app'], ['rds-db:connect']],
  ['with a wildcard in its service', [right.replace('rds-db', 'rds*')], ['rds-db:connect']],
])('an ARN %s takes no login away and leaves nothing open', (_, resources, actions) => {
  const report = checkResources(resources, actions);
  expect(logins(report)).toEqual(['app reachable']);
  expect(found(report)).toEqual([]);
});

test.each([
  ['another database, and there is no other action', [right, '${aws_db_instance.other.arn}'], ['rds-db:connect']],
  [
    'the database, and nothing lets anybody in',
    ['${aws_db_instance.main.arn}/app'],
    ['rds-db:connect', 'rds:Describe*'],
  ],
])('an ARN of %s, is a mistake', (_, resources, actions) => {
  expect(found(checkResources(resources, actions))).toEqual(['connect-arn-not-resource-id fail']);
});

test('a wildcard behind another service is told of, and not as something that apply decides', () => {
  const report = checkResources([`arn:aws:rds:eu-west-1:${account}:dbuser:*`]);
  expect(found(report)).toEqual([]);
  expect(report.diagnostics.map(({ summary }) => summary)).toEqual([
    'rds-db:connect is granted here on an ARN of another service, which no login has, so this grants none.',
  ]);
});

test.each([
  ['a reference', right.replace('dbuser:', 'dbuser/')],
  ['a name', right.replace('dbuser:', 'dbuser/').replace('resource_id', 'identifier')],
  ['an account that is known', `arn:aws:rds-db:eu-west-1:123456789012:dbuser/\${aws_db_instance.main.identifier}/app`],
])('a slash where the colon of dbuser belongs lets nobody in: before %s', (_, resource) => {
  const report = checkResources([resource]);
  expect(logins(report)).toEqual(['app unreachable']);
  expect(found(report)).toEqual(['connect-arn-not-resource-id fail']);
  const [finding] = report.findings.filter(({ policy }) => policy === 'connect-arn-not-resource-id');
  expect(finding?.message).toContain('writes dbuser/ in front of the id of aws_db_instance.main');
  expect(finding?.remediation).toContain(':dbuser:${aws_db_instance.main.resource_id}/app');
});

test.each(['elsewhere', '*'])('a slash before %s means no database in view', (id) => {
  const report = checkResources([right.replace('dbuser:${aws_db_instance.main.resource_id}', `dbuser/${id}`)]);
  expect(logins(report)).toEqual([]);
  expect(found(report)).not.toContain('connect-arn-not-resource-id fail');
});

test.each([
  [
    'an account where the region belongs',
    right.replace('eu-west-1', account),
    'region data.aws_caller_identity.current.account_id, which is the account, not eu-west-1',
  ],
  [
    'a region where the account belongs',
    right.replace(account, '${aws_db_instance.main.region}'),
    'account aws_db_instance.main.region, which is the region',
  ],
])('%s lets nobody in', (_, resource, words) => {
  const report = checkResources([resource]);
  expect(logins(report)).toEqual(['app unreachable']);
  expect(found(report)).toEqual(['connect-arn-wrong-scope fail']);
  expect(report.findings.map(({ message }) => message).join()).toContain(`names the ${words}`);
});

test.each([
  ['eu-west-1::dbuser', 'account (empty), which is no account'],
  ['eu-west-1:12345678901:dbuser', 'account 12345678901, which is no account'],
  ['eu-west-1:eu-west-1:dbuser', 'account eu-west-1, which is no account'],
  ['eu-west-1:orders-*:dbuser', 'account orders-*, which is no account'],
])('an account that nobody can have lets nobody in: %s', (fields, words) => {
  const report = checkResources([right.replace(`eu-west-1:${account}:dbuser`, fields)]);
  expect(logins(report)).toEqual(['app unreachable']);
  expect(found(report)).toEqual(['connect-arn-wrong-scope fail']);
  expect(report.findings.map(({ message }) => message).join()).toContain(`names the ${words}`);
});

test.each(['123456789012', '*', '12345678901?', '1234*'])('an account %s may be that of the database', (written) => {
  const report = checkResources([right.replace(account, written)]);
  expect(logins(report)).toEqual(['app reachable']);
  expect(found(report)).toEqual([]);
});

test.each([
  ['fail-account', true],
  ['fail-role-of-another-account', true],
  ['fail-region', false],
  ['fail-partition', false],
])('%s: the fix speaks of principals of another account only where the account is wrong', (name, speaks) => {
  const { findings } = checkFile(`policies/reachability/connect-arn-wrong-scope/cases/${name}/plan.json`);
  const mends = findings.filter(({ policy }) => policy === 'connect-arn-wrong-scope').map((one) => one.remediation);
  expect(mends.map((mend) => mend.includes('A principal of another account'))).toEqual([speaks]);
});
