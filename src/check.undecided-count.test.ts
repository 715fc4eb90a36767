import { describe, expect, test } from '@jest/globals';
import type { Report } from './model/report.ts';
import { checkFiles } from './testing/check-text.ts';
import { mandatoryFailures } from './testing/expected.ts';

/** A role that is granted a login, in parts. */
const database = `
resource "aws_db_instance" "orders" {
  identifier                          = "orders"
  engine                              = "postgres"
  username                            = "root1"
  manage_master_user_password         = true
  iam_database_authentication_enabled = true
}
`;

const role = `
resource "aws_iam_role" "orders" {
  name               = "orders"
  assume_role_policy = jsonencode({
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
  })
}
`;

const policy = (attribute: string, meta = ''): string => `
resource "aws_iam_role_policy" "orders" {
  ${meta}
  role   = aws_iam_role.orders.name
  policy = jsonencode({ Statement = [{
    Effect   = "Allow"
    Action   = "rds-db:connect"
    Resource = "arn:aws:rds-db:eu-west-1:123456789012:dbuser:${'${aws_db_instance.orders.'}${attribute}}/app"
  }] })
}
`;

const provider = 'provider "aws" {\n  region = "eu-west-1"\n  allowed_account_ids = ["123456789012"]\n}\n';
const open = `${provider}variable "there" {}\n`;

const login = (report: Report) => report.connections.find(({ path }) => path === 'iam-rds');
const failures = (report: Report): readonly string[] =>
  mandatoryFailures(report).map((failure) => failure.split(' ')[0] ?? '');
const codes = (report: Report): readonly string[] => report.diagnostics.map(({ code }) => code);

const metas = [
  ['count', 'count = var.there ? 1 : 0'],
  ['for_each', 'for_each = toset(var.there)'],
];

describe.each(metas)('a policy under a %s that nobody knows', (_, meta) => {
  const judge = (attribute: string): Report =>
    checkFiles({ 'main.tf': open + database + role + policy(attribute, meta) });

  test('is read: what it names wrongly can never let anybody in', () => {
    const report = judge('identifier');
    expect(login(report)).toMatchObject({ user: 'app', principal: 'aws_iam_role.orders', verdict: 'unreachable' });
    expect(failures(report)).toEqual(['connect-arn-not-resource-id']);
    expect(codes(report)).toEqual(['variable-without-value']);
  });

  test('lets nobody in for certain, although it is right', () => {
    const report = judge('resource_id');
    expect(login(report)).toMatchObject({ user: 'app', principal: 'aws_iam_role.orders', verdict: 'unknown' });
    expect(failures(report)).toEqual([]);
  });
});

const managed = `
resource "aws_iam_policy" "connect" {
  name   = "connect"
  policy = jsonencode({ Statement = [{
    Effect   = "Allow"
    Action   = "rds-db:connect"
    Resource = "arn:aws:rds-db:eu-west-1:123456789012:dbuser:\${aws_db_instance.orders.resource_id}/app"
  }] })
}
`;

const denies = `
resource "aws_iam_policy" "no" {
  name   = "no"
  policy = jsonencode({ Statement = [{ Effect = "Deny", Action = "rds-db:connect", Resource = "*" }] })
}
`;

const user =
  'resource "aws_iam_user" "ann" {\n  name = "ann"\n}\nresource "aws_iam_group" "app" {\n  name = "app"\n}\n';

describe.each(metas)('an attachment under a %s that nobody knows', (_, meta) => {
  const attach = (arn: string): string =>
    `resource "aws_iam_role_policy_attachment" "more" {\n  ${meta}\n  role = aws_iam_role.orders.name\n  policy_arn = ${arn}\n}\n`;
  const judge = (...parts: readonly string[]): Report =>
    checkFiles({ 'main.tf': open + database + role + parts.join('') });

  test('lets the role in perhaps', () => {
    const report = judge(managed, attach('aws_iam_policy.connect.arn'));
    expect(login(report)).toMatchObject({ user: 'app', principal: 'aws_iam_role.orders', verdict: 'unknown' });
    expect(login(report)?.legs.find(({ leg }) => leg === 'grant')?.reason).toMatch(
      /^whether aws_iam_role_policy_attachment\.more.* gives aws_iam_policy\.connect to aws_iam_role\.orders hangs on/,
    );
  });

  test('what it attaches and names wrongly can never let anybody in', () => {
    const wrong = managed.replace('resource_id', 'identifier');
    expect(failures(judge(wrong, attach('aws_iam_policy.connect.arn')))).toEqual(['connect-arn-not-resource-id']);
  });

  test('another that is there for certain lets the role in', () => {
    const certain = attach('aws_iam_policy.connect.arn').replace(meta, '').replace('"more"', '"certain"');
    expect(login(judge(managed, attach('aws_iam_policy.connect.arn'), certain))?.verdict).toBe('reachable');
  });

  test.each([
    ['a Deny in view', 'aws_iam_policy.no.arn', 'unknown'],
    ['a Deny of AWS', '"arn:aws:iam::aws:policy/AWSDenyAll"', 'unknown'],
    ['a policy of AWS without one', '"arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess"', 'reachable'],
    ['a policy that is not in view', '"arn:aws:iam::123456789012:policy/custom"', 'reachable'],
    ['a policy that nobody can name', 'var.there', 'unknown'],
  ])('beside a grant: %s', (__, arn, verdict) => {
    expect(login(judge(denies, policy('resource_id'), attach(arn)))?.verdict).toBe(verdict);
  });

  test('does not make up for what is missing, and is not said to', () => {
    const trusting = role.replace('ec2.amazonaws.com', 'rds.amazonaws.com');
    const proxy = `
resource "aws_secretsmanager_secret" "app" {
  name = "app"
}
resource "aws_secretsmanager_secret_version" "app" {
  secret_id     = aws_secretsmanager_secret.app.id
  secret_string = jsonencode({ username = "app", password = "canary-app" })
}
resource "aws_db_proxy" "orders" {
  name           = "orders"
  engine_family  = "POSTGRESQL"
  role_arn       = aws_iam_role.orders.arn
  vpc_subnet_ids = ["subnet-1", "subnet-2"]
  auth {
    secret_arn = aws_secretsmanager_secret.app.arn
  }
}
`;
    const found = (arn: string) =>
      checkFiles({ 'main.tf': open + database + trusting + proxy + attach(arn) })
        .connections.find(({ path }) => path === 'password-proxy-rds')
        ?.legs.find(({ leg }) => leg === 'proxy-role')?.status;
    expect(found('"arn:aws:iam::123456789012:policy/custom"')).toBe('unknown');
    expect(found('"arn:aws:iam::aws:policy/SecretsManagerReadWrite"')).toBe('unknown');
    expect(found('"arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess"')).toBe('broken');
  });

  test.each([
    ['"arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess"', 'reachable'],
    ['"arn:aws:iam::aws:policy/AWSDenyAll"', 'unknown'],
    ['"arn:aws:iam::123456789012:policy/custom"', 'unknown'],
  ])('%s for a role that nobody can name', (arn, verdict) => {
    const anyone = attach(arn).replace('aws_iam_role.orders.name', 'var.there');
    const connection = login(judge(policy('resource_id'), anyone));
    expect(connection?.verdict).toBe(verdict);
    expect(connection?.legs.find(({ leg }) => leg === 'grant')?.reason).toBe(
      verdict === 'reachable'
        ? 'aws_iam_role_policy.orders allows rds-db:connect as app'
        : 'what is attached to aws_iam_role.orders is not all known, and may deny the login',
    );
  });

  test('of another role concerns nobody else', () => {
    const other = role.replaceAll('"orders"', '"other"');
    const toOther = attach('aws_iam_policy.no.arn').replace('aws_iam_role.orders', 'aws_iam_role.other');
    expect(login(judge(policy('resource_id'), other, denies, toOther))?.verdict).toBe('reachable');
  });

  test('a membership leaves open what its user holds', () => {
    const own = policy('resource_id')
      .replace('aws_iam_role_policy', 'aws_iam_user_policy')
      .replace('role   = aws_iam_role.orders.name', 'user = aws_iam_user.ann.name');
    const member = `resource "aws_iam_user_group_membership" "ann" {\n  META\n  user = aws_iam_user.ann.name\n  groups = [aws_iam_group.app.name]\n}\n`;
    const verdict = (membership: string, ...more: readonly string[]) =>
      login(judge(user, own, membership, ...more))?.verdict;
    const [certain, perhaps] = [member.replace('META', ''), member.replace('META', meta)];
    const denial = [
      denies,
      'resource "aws_iam_group_policy_attachment" "no" {\n  group = aws_iam_group.app.name\n  policy_arn = aws_iam_policy.no.arn\n}\n',
    ];
    expect(verdict('', ...denial)).toBe('reachable');
    expect(verdict(certain, ...denial)).toBe('unreachable');
    expect(verdict(perhaps, ...denial)).toBe('unknown');
    // The group has nothing that could bear on it.
    expect(verdict(perhaps)).toBe('reachable');
  });
});

test('what has nothing to do with a role leaves its login as it is', () => {
  const rule =
    'resource "aws_security_group_rule" "x" {\n  count = var.there ? 1 : 0\n  type = "egress"\n  security_group_id = "sg-1"\n}\n';
  expect(login(checkFiles({ 'main.tf': open + database + role + policy('resource_id') + rule }))?.verdict).toBe(
    'reachable',
  );
});

describe.each(metas)('a module under a %s that nobody knows', (_, meta) => {
  const call = `${open}module "orders" {\n  source = "./orders"\n  ${meta}\n}\n`;

  test.each([
    ['identifier', 'unreachable', ['connect-arn-not-resource-id']],
    ['resource_id', 'reachable', []],
  ])('what it makes is there together: %s is %s', (attribute, verdict, expected) => {
    const report = checkFiles({ 'main.tf': call, 'orders/main.tf': database + role + policy(attribute) });
    expect(login(report)).toMatchObject({ user: 'app', verdict });
    expect(failures(report)).toEqual(expected);
  });

  test('what it gives to a role elsewhere may be missing', () => {
    const inside = 'variable "role" {}\nvariable "id" {}\n'.concat(
      policy('resource_id')
        .replace('aws_iam_role.orders.name', 'var.role')
        .replace('aws_db_instance.orders.resource_id', 'var.id'),
    );
    const given = call
      .replace('}\n', '}\n')
      .replace(
        `  ${meta}\n`,
        `  ${meta}\n  role = aws_iam_role.orders.name\n  id = aws_db_instance.orders.resource_id\n`,
      );
    const report = checkFiles({ 'main.tf': given + database + role, 'orders/main.tf': inside });
    expect(login(report)).toMatchObject({ user: 'app', principal: 'aws_iam_role.orders', verdict: 'unknown' });
  });
});

test('a login that may be missing does not break the password of its user', () => {
  const proxy = `
resource "aws_secretsmanager_secret" "app" {
  name = "app"
}
resource "aws_secretsmanager_secret_version" "app" {
  secret_id     = aws_secretsmanager_secret.app.id
  secret_string = jsonencode({ username = "app", password = "canary-app" })
}
resource "aws_iam_role" "proxy" {
  name               = "proxy"
  assume_role_policy = jsonencode({
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "rds.amazonaws.com" } }]
  })
}
resource "aws_db_proxy" "orders" {
  name           = "orders"
  engine_family  = "POSTGRESQL"
  role_arn       = aws_iam_role.proxy.arn
  vpc_subnet_ids = ["subnet-1", "subnet-2"]
  auth {
    iam_auth   = "DISABLED"
    secret_arn = aws_secretsmanager_secret.app.arn
  }
}
resource "aws_db_proxy_target" "orders" {
  db_proxy_name          = aws_db_proxy.orders.name
  target_group_name      = "default"
  db_instance_identifier = aws_db_instance.orders.identifier
}
`;
  const status = (meta: string) =>
    checkFiles({ 'main.tf': open + database + role + proxy + policy('resource_id', meta) })
      .connections.find(({ path }) => path === 'password-proxy-rds')
      ?.legs.find(({ leg }) => leg === 'database-user')?.status;
  expect(status('')).toBe('broken');
  expect(status('count = var.there ? 1 : 0')).toBe('unknown');
});
