import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { Report } from './model/report.ts';
import { checkFile } from './testing/check-file.ts';
import { type Parts, allow, checkFiles, checkPlanWithText, textWith } from './testing/check-text.ts';
import { contradictionsBetween } from './testing/contradictions-between.ts';
import { mandatoryFailures } from './testing/expected.ts';

const said = ({ connections }: Report): readonly string[] =>
  connections.map(({ path, user, verdict }) => `${path} ${user}: ${verdict}`);

const prefixed = `
  identifier_prefix = "orders-"
  engine            = "postgres"
  engine_version    = "16.4"
  instance_class    = "db.m6i.large"
  iam_database_authentication_enabled = true`;

const proxyId = (expression: string): Partial<Parts> => ({
  grant: allow('rds-db:connect', `"arn:aws:rds-db:us-east-1:123456789012:dbuser:\${${expression}}/app"`),
});

const reachable = ['iam-proxy-rds app: reachable', 'password-rds root_admin: reachable'];
const undecided = ['iam-proxy-rds app: unknown', 'password-rds root_admin: reachable'];

type Row = readonly [string, Partial<Parts>, readonly string[], readonly string[]];

const rows: readonly Row[] = [
  ['as it is', {}, reachable, []],
  [
    'the role of an end-to-end proxy names an identifier that only apply makes',
    {
      database: prefixed,
      auth: '\n  default_auth_scheme = "IAM_AUTH"',
      roleReads: allow(
        'rds-db:connect',
        '"arn:aws:rds-db:us-east-1:123456789012:dbuser:${aws_db_instance.main.identifier}/app"',
      ),
    },
    ['iam-proxy-iam-rds app: unreachable', 'password-rds root_admin: reachable'],
    ['connect-arn-not-resource-id aws_iam_role_policy.proxy', 'proxy-role-cannot-connect aws_db_proxy.main'],
  ],
  [
    'an account that is written out may be the one of the ARN',
    proxyId('trimprefix(aws_db_proxy.main.arn, "arn:aws:rds:us-east-1:123456789012:db-proxy:")'),
    undecided,
    [],
  ],
  ...[
    '[for name in keys(var.users) : X]',
    '[for name, _ in var.users : X]',
    'keys({ for name in keys(var.users) : X => 1 })',
  ].map(
    (list): Row => [
      `names that are marked sensitive: ${list}`,
      {
        more: 'variable "users" {\n  default   = { canary-name = "1" }\n  sensitive = true\n}',
        grant: allow(
          'rds-db:connect',
          list.replace(
            'X',
            '"arn:aws:rds-db:us-east-1:123456789012:dbuser:${split(":", aws_db_proxy.main.arn)[6]}/${name}"',
          ),
        ),
      },
      ['iam-proxy-rds null: unknown', 'password-rds root_admin: reachable'],
      [],
    ],
  ),
  [
    'a username that is marked sensitive',
    {
      more: 'variable "user" {\n  default   = "canary-name"\n  sensitive = true\n}',
      secret: 'jsonencode({ username = var.user, password = "canary-app" })',
    },
    reachable,
    [],
  ],
  ['a file name', proxyId('basename(replace(aws_db_proxy.main.arn, ":", "/"))'), reachable, []],
  [
    'the part that begins as an id of a proxy does',
    proxyId('[for part in split(":", aws_db_proxy.main.arn) : part if startswith(part, "prx-")][0]'),
    reachable,
    [],
  ],
];

describe('what nobody can see the whole of', () => {
  const deny =
    'jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Deny", Action = "rds-db:connect", Resource = "*" }] })';
  const callOf = (source: string): string => `module "more" {\n  source = "${source}"\n}`;
  const loop = { 'more/main.tf': `${callOf('../more')}\n${callOf('../more').replace('more', 'again')}` };

  const cases: readonly (readonly [string, Partial<Parts>, Readonly<Record<string, string>>])[] = [
    [
      'a Deny that may be there or not',
      {
        more: `variable "some" {}\nresource "aws_iam_role_policy" "no" {\n  count = var.some\n  role = aws_iam_role.orders.name\n  policy = ${deny}\n}`,
      },
      {},
    ],
    [
      'a module that is not there may hold the policy',
      { roleReads: allow('s3:GetObject', '"*"'), more: callOf('terraform-aws-modules/iam/aws') },
      {},
    ],
    [
      'a module that calls itself twice has no end',
      { roleReads: allow('s3:GetObject', '"*"'), more: callOf('./more') },
      loop,
    ],
  ];

  test.each(cases)('%s: nothing is decided', (_, parts, files) => {
    const report = checkFiles({ 'main.tf': textWith(parts), ...files });
    expect(said(report)).toEqual(undecided);
    expect(mandatoryFailures(report)).toEqual([]);
  });

  test.each([
    ['lists', (n: number) => `[local.l${n}, local.l${n}]`],
    ['texts', (n: number) => `"\${local.l${n}}\${local.l${n}}"`],
    ['objects', (n: number) => `{ a = local.l${n}, b = local.l${n} }`],
  ] as const)('%s that double forty times end', (_, twice) => {
    const doubled = Array.from({ length: 40 }, (__, n) => `  l${n} = ${twice(n + 1)}`);
    const more = `locals {\n${doubled.join('\n')}\n  l40 = "x"\n}`;
    const report = checkFiles({ 'main.tf': textWith({ more, grant: 'jsonencode(local.l0)' }) });
    expect(mandatoryFailures(report)).toEqual([]);
  });
});

describe('from text alone', () => {
  test.each(rows)('%s', (_, parts, expected, failures) => {
    const report = checkFiles({ 'main.tf': textWith(parts) });
    expect(report.diagnostics).toEqual([]);
    expect(said(report)).toEqual(expected);
    expect(mandatoryFailures(report)).toEqual(failures);
    expect(JSON.stringify(report)).not.toContain('canary-');
  });
});

test('a configuration of the context speaks of its own resources, whatever their addresses', () => {
  const denied = textWith({
    grant:
      'jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Deny", Action = "*", Resource = [aws_db_proxy.main.arn, "*"] }] })',
    auth: '\n  auth {\n    iam_auth   = "REQUIRED"\n    secret_arn = "arn:aws:secretsmanager:us-east-1:123456789012:secret:x"\n  }',
  })
    .replaceAll('name = "orders"', 'name = "others"')
    .replaceAll('"orders-', '"others-');
  expect(said(checkFiles({ 'main.tf': textWith({}) }, { 'main.tf': denied }))).toEqual(reachable);
});

describe('a text that was changed since the plan takes nothing back', () => {
  const folder = 'testdata/scenarios/mistake-role-trust';
  const planFile = `${folder}/plan.json`;
  const written = readFileSync(`${folder}/config/main.tf`, 'utf8');

  test.each([
    ['another role', (text: string) => text.replace(/role_arn( *)= .*/, 'role_arn = aws_iam_role.orders.arn')],
    ['no role', (text: string) => text.replace(/ *role_arn .*\n/, '')],
    [
      'a role that is written out',
      (text: string) => text.replace(/role_arn( *)= .*/, 'role_arn = "arn:aws:iam::1:role/x"'),
    ],
    ['another attribute', (text: string) => text.replace(/(db_instance_identifier *= .*)\.identifier/, '$1.name')],
    [
      'a module that is not there',
      (text: string) => `${text.replace(/role_arn( *)= .*/, 'role_arn = module.gone.arn')}
module "gone" {
  source = "./gone"
}`,
    ],
    ['no database', (text: string) => text.replace(/ *db_instance_identifier .*\n/, '')],
  ] as const)('%s', (_, change) => {
    const changed = change(written);
    expect(changed).not.toBe(written);
    const report = checkPlanWithText(planFile, { 'main.tf': changed });
    expect(contradictionsBetween(checkFile(planFile), report)).toEqual([]);
  });
});

describe('a database and a proxy of one name', () => {
  const named = (attribute: string): string =>
    textWith({
      proxy: '',
      grant: allow('rds-db:connect', `"arn:aws:rds-db:us-east-1:123456789012:dbuser:\${${attribute}}/app"`),
    }).replaceAll('"orders-db"', '"orders-proxy"');

  test.each([
    ['aws_db_proxy.main.name', 'iam-proxy-rds'],
    ['aws_db_instance.main.identifier', 'iam-rds'],
  ])('a grant that names %s means that one', (attribute, path) => {
    const report = checkFiles({ 'main.tf': named(attribute) });
    const granted = report.connections.filter(({ principal }) => principal === 'aws_iam_role.orders');
    expect(granted.map((connection) => connection.path)).toEqual([path]);
  });
});
