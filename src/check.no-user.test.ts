import { expect, test } from '@jest/globals';
import type { Report } from './model/report.ts';
import { checkText } from './testing/check-text.ts';

const checkResources = (resources: readonly string[], secrets: readonly string[] = ['app']): Report =>
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
resource "aws_secretsmanager_secret" "app" {
  for_each = toset(${JSON.stringify(secrets)})
  name     = each.key
}
resource "aws_secretsmanager_secret_version" "app" {
  for_each      = toset(${JSON.stringify(secrets)})
  secret_id     = aws_secretsmanager_secret.app[each.key].id
  secret_string = jsonencode({ username = each.key, password = "not-a-real-one" })
}
resource "aws_db_proxy" "main" {
  name          = "front"
  engine_family = "POSTGRESQL"
  role_arn      = "arn:aws:iam::123456789012:role/proxy"
  require_tls   = true
  ${secrets.map((name) => `auth {\n iam_auth = "REQUIRED"\n secret_arn = aws_secretsmanager_secret.app["${name}"].arn\n}`).join('\n')}
}
resource "aws_db_proxy_default_target_group" "main" { db_proxy_name = aws_db_proxy.main.name }
resource "aws_db_proxy_target" "main" {
  db_proxy_name          = aws_db_proxy.main.name
  target_group_name      = aws_db_proxy_default_target_group.main.name
  db_instance_identifier = aws_db_instance.main.identifier
}
resource "aws_ssm_parameter" "tail" {
  name  = "tail"
  type  = "String"
  value = aws_db_instance.main.address
}
resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { Service = "ec2.amazonaws.com" }, Action = "sts:AssumeRole" }] })
}
resource "aws_iam_role_policy" "app" {
  role   = aws_iam_role.app.name
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "rds-db:connect", Resource = [${resources.map((one) => `"${one}"`).join(', ')}] }] })
}`);

const before = 'arn:aws:rds-db:eu-west-1:${data.aws_caller_identity.current.account_id}:dbuser:';
const database = `${before}\${aws_db_instance.main.resource_id}`;
const proxy = `${before}\${split(":", aws_db_proxy.main.arn)[6]}`;

const logins = ({ connections }: Report): readonly string[] =>
  connections
    .filter(({ path, principal }) => path.startsWith('iam-') && principal !== null)
    .map(({ path, user, principal, verdict }) => `${path} ${user} ${principal} ${verdict}`);

const found = ({ findings }: Report): readonly string[] =>
  findings.filter(({ policy }) => policy.startsWith('connect-')).map(({ policy, outcome }) => `${policy} ${outcome}`);

const mendOf = ({ findings }: Report): string =>
  findings.find(({ policy }) => policy === 'connect-arn-not-resource-id')?.remediation ?? '';

test.each([
  ['that ends at the id of a proxy', proxy, 'iam-proxy-rds'],
  ['that ends with a slash behind it', `${proxy}/`, 'iam-proxy-rds'],
  ['that ends at the id of a database', database, 'iam-rds'],
  ['that ends with a slash behind that', `${database}/`, 'iam-rds'],
])('an ARN %s lets nobody in', (_, resource, path) => {
  const report = checkResources([resource]);
  expect(logins(report)).toEqual([`${path} null aws_iam_role.app unreachable`]);
  expect(found(report)).toEqual(['connect-arn-not-resource-id fail']);
  const [connection] = report.connections.filter(({ path: one }) => one === path);
  expect(connection?.legs.filter(({ status }) => status === 'broken').map(({ leg, reason }) => [leg, reason])).toEqual([
    ['grant', expect.stringContaining('names no user')],
  ]);
});

test.each([
  ['the one whose secret the proxy has', proxy, ['app'], '/app"'],
  ['the reader, of several', proxy, ['app', 'batch'], 'with the name of the database user behind its last slash'],
  ['the reader, of a database', database, ['app'], 'with the name of the database user behind its last slash'],
])('the fix names the user, or who does: %s', (_, resource, secrets, words) => {
  const report = checkResources([resource], secrets);
  expect(mendOf(report)).toContain(words);
  expect(found(report)).toEqual(['connect-arn-not-resource-id fail']);
});

test('where the id is wrong as well, that is told, and the fix writes both', () => {
  const report = checkResources([`${before}\${aws_db_proxy.main.name}`]);
  expect(found(report)).toEqual(['connect-arn-not-resource-id fail']);
  expect(mendOf(report)).toContain('dbuser:${element(split(":", aws_db_proxy.main.arn), 6)}/app"');
});

test.each([
  ['a star behind the id', [`${proxy}*`]],
  ['a star alone', [`${before}*`]],
  ['an ARN that names a user', [proxy, `${proxy}/app`]],
  ['every user', [proxy, `${proxy}/*`]],
])('%s lets the user in', (_, resources) => {
  const report = checkResources(resources);
  expect(logins(report)).toContain('iam-proxy-rds app aws_iam_role.app reachable');
  expect(found(report).filter((one) => one.endsWith('fail') && !one.startsWith('connect-grant-too-broad'))).toEqual([]);
});

test.each([
  ['a value that is not known', `${database}\${aws_ssm_parameter.tail.value}`],
  ['a wildcard for one character', `${database}?app`],
])('%s behind the id may hold the user', (_, resource) => {
  expect(found(checkResources([resource])).join()).not.toContain('names no user');
  expect(JSON.stringify(checkResources([resource]))).not.toContain('names no user');
});

test('a slash without a user is told of beside one with a user', () => {
  expect(found(checkResources([`${proxy}/`, `${proxy}/app`]))).toEqual(['connect-arn-not-resource-id fail']);
});

test('a name with a blank at its end stands between quotes', () => {
  const [finding] = checkResources([`${proxy}/app `]).findings.filter(
    ({ policy }) => policy === 'connect-user-without-secret',
  );
  expect(finding?.message).toBe('aws_db_proxy.main has no secret for "app "; its secrets are for app');
});
