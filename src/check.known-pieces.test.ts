import { describe, expect, test } from '@jest/globals';
import type { Report } from './model/report.ts';
import { checkFile } from './testing/check-file.ts';
import { checkDirectory, checkWithSource } from './testing/check-source.ts';
import { checkText } from './testing/check-text.ts';

// Resources of grants that are made from attributes and yet known: what they are made from is not lost.

const both = (name: string): readonly (readonly [string, Report])[] => {
  const folder = `testdata/known-pieces/${name}`;
  return [
    ['plan and text', checkWithSource(`${folder}/plan.json`, folder)],
    ['text alone', checkDirectory(folder)],
  ];
};

const byToken = ({ connections }: Report): readonly string[] =>
  connections
    .filter(({ path, user }) => path.startsWith('iam') && user !== null)
    .map(({ path, user, principal, verdict }) => `${path} ${user} ${principal} ${verdict}`);

const failing = ({ findings }: Report): readonly string[] =>
  findings
    .filter(({ enforcement }) => enforcement === 'mandatory')
    .map(({ policy, outcome, address }) => `${policy} ${outcome} ${address}`);

describe.each(both('proxy-arn-piece'))('a wrong piece of the ARN of a proxy, %s', (_, report) => {
  test('is meant for the proxy, and lets nobody in', () => {
    expect(byToken(report)).toEqual([
      'iam-proxy-rds app aws_iam_role.orders unreachable',
      'iam-proxy-rds app aws_iam_role.reports unreachable',
    ]);
  });

  test('is found in whatever way the policy is written', () => {
    expect(failing(report)).toEqual(
      [
        'aws_iam_role.reports',
        'aws_iam_role_policy.account',
        'aws_iam_role_policy.heredoc',
        'aws_iam_role_policy.orders_connect',
      ].map((address) => `connect-arn-not-resource-id fail ${address}`),
    );
  });
});

describe.each(both('same-name'))('database and proxy have one name, %s', (_, report) => {
  test('a grant means the one that it is written with', () => {
    expect(byToken(report)).toEqual(['iam-rds reports aws_iam_role.orders unreachable']);
    expect(failing(report)).toEqual(
      ['document', 'format', 'heredoc', 'join'].map(
        (name) => `connect-arn-not-resource-id fail aws_iam_role_policy.${name}`,
      ),
    );
  });
});

/** Whom each grant that names no resource id is said to name. */
const meantBy = ({ findings }: Report): readonly (readonly [string, readonly string[]])[] =>
  findings
    .filter(({ policy }) => policy === 'connect-arn-not-resource-id')
    .map(({ address, message }) => [
      address.replace('aws_iam_role_policy.', ''),
      [...message.matchAll(/names the \w+ of (\w+)/g)].map(([, type = '']) => type),
    ]);

const theProxy = ['aws_db_proxy'];
const bothOfThem = ['aws_db_instance', 'aws_db_proxy'];

test.each([
  [
    'one-name-planned',
    [
      ['both_by_dynamic', bothOfThem],
      ['both_by_literal', bothOfThem],
      ['both_by_local', bothOfThem],
      ['both_by_two_statements', bothOfThem],
      ['proxy_by_document', theProxy],
      ['proxy_by_document_in_document', theProxy],
      ['proxy_by_text', theProxy],
      ['module.proxy_by_input.this', theProxy],
    ],
  ],
  [
    'one-name-standing',
    [
      ['both_by_dynamic', bothOfThem],
      ['proxy_by_document', theProxy],
      ['proxy_by_document_in_document', theProxy],
    ],
  ],
] as const)('%s: a plan alone tells whom a grant means, where it keeps all that it is written with', (name, meant) => {
  const report = checkFile(`testdata/known-pieces/${name}/plan.json`);
  expect(meantBy(report)).toEqual(meant);
  const disabled = report.findings.filter(({ policy }) => policy === 'connect-grant-iam-disabled');
  expect(disabled.map(({ address }) => address)).toEqual(
    meant.filter(([, whom]) => whom === bothOfThem).map(([policy]) => `aws_iam_role_policy.${policy}`),
  );
});

const withResource = (...resources: readonly string[]): Report =>
  checkText(`
provider "aws" { region = "eu-west-1" }
data "aws_caller_identity" "current" {}
locals { account = data.aws_caller_identity.current.account_id }
resource "aws_db_instance" "main" {
  identifier                          = "main"
  engine                              = "postgres"
  engine_version                      = "16.3"
  instance_class                      = "db.t3.medium"
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
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["rds-db:connect", "s3:GetObject"], Resource = [${resources.join(', ')}] }] })
}`);

const head = 'arn:aws:rds-db:eu-west-1:${local.account}:dbuser:';

test.each([
  ['a name with more around it', `"${head}\${aws_db_instance.main.identifier}-1/app"`],
  ['a hash of the name', `"${head}\${md5(aws_db_instance.main.identifier)}/app"`],
  ['the kind in the ARN', `"${head}\${split(":", aws_db_instance.main.arn)[5]}/app"`],
  ['the region in the ARN', `"${head}\${split(":", aws_db_instance.main.arn)[3]}/app"`],
])('%s is not the resource id', (_, resource) => {
  const report = withResource(resource);
  expect(byToken(report)).toEqual(['iam-rds app aws_iam_role.app unreachable']);
  expect(failing(report)).toEqual(['connect-arn-not-resource-id fail aws_iam_role_policy.app']);
});

test.each([
  [
    'a resource id of something else, in the account of a database in view',
    '"arn:aws:rds-db:eu-west-1:${split(":", aws_db_instance.main.arn)[4]}:dbuser:db-ABCDEFGHIJKLMNOPQRSTUVWX/app"',
  ],
  ['a name of something else, for the user of that name', `"${head}other/\${aws_db_instance.main.identifier}"`],
  ['an id that is chosen by the name', `"${head}\${{ main = "other" }[aws_db_instance.main.identifier]}/app"`],
  [
    'an id of the form that AWS gives',
    `"${head}\${replace(aws_db_instance.main.identifier, "main", "db-ABCDEFGHIJKL")}/app"`,
  ],
])('%s means no endpoint in view', (_, resource) => {
  expect(byToken(withResource(resource))).toEqual([]);
  expect(failing(withResource(resource))).toEqual([]);
});

test('what else the statement allows is no login', () => {
  const report = withResource(
    `"${head}\${aws_db_instance.main.resource_id}/app"`,
    '"arn:aws:s3:::${aws_db_instance.main.identifier}-logs/*"',
    '"arn:aws:s3:::${lower(aws_db_instance.main.identifier)}"',
  );
  expect(byToken(report)).toEqual(['iam-rds app aws_iam_role.app reachable']);
  expect(failing(report)).toEqual([]);
});
