import { describe, expect, test } from '@jest/globals';
import type { Report } from './model/report.ts';
import { allow, checkText, textWith } from './testing/check-text.ts';
import { mandatoryFailures } from './testing/expected.ts';

/** Blocks, resources and variables that are made of maps with keys that are known after apply. */

const another = `
resource "aws_secretsmanager_secret" "other" {
  name = "orders/other"
}
resource "aws_secretsmanager_secret_version" "other" {
  secret_id     = aws_secretsmanager_secret.other.id
  secret_string = jsonencode({ username = "other", password = "canary-other" })
}
`;

const dynamic = (map: string): string => `
  dynamic "auth" {
    for_each = ${map}
    content {
      iam_auth   = "REQUIRED"
      secret_arn = auth.value
    }
  }`;

const own = 'aws_secretsmanager_secret.app.arn';
const key = '(aws_iam_role.proxy.unique_id)';

const logins = (report: Report): readonly string[] =>
  report.connections.filter(({ path }) => path === 'iam-proxy-rds').map(({ user, verdict }) => `${user}: ${verdict}`);
const undecided = (report: Report): readonly string[] =>
  report.findings
    .filter(({ outcome, enforcement }) => outcome === 'unknown' && enforcement === 'mandatory')
    .map(({ policy }) => policy);

describe('auth blocks of a map', () => {
  test.each([
    ['one entry', `{ ${key} = ${own} }`],
    ['of another map', `{ for name, arn in { ${key} = ${own} } : name => arn }`],
    ['merged', `merge({}, { ${key} = ${own} })`],
    [
      'two keys that differ',
      `{ "a-\${aws_iam_role.proxy.unique_id}" = ${own}, b = aws_secretsmanager_secret.other.arn }`,
    ],
  ])('%s: the block is there', (_, map) => {
    const report = checkText(
      textWith({ auth: dynamic(map), more: another, roleReads: allow('secretsmanager:GetSecretValue', '"*"') }),
    );
    expect(logins(report)).toContain('app: reachable');
    expect(undecided(report)).toEqual([]);
  });

  test('one entry: its secret must be readable', () => {
    const report = checkText(
      textWith({
        auth: dynamic(`{ ${key} = ${own} }`),
        more: another,
        roleReads: allow('secretsmanager:GetSecretValue', 'aws_secretsmanager_secret.other.arn'),
      }),
    );
    expect(logins(report)).toEqual(['app: unreachable']);
    expect(mandatoryFailures(report)).toEqual(['proxy-role-cannot-read-secret aws_db_proxy.main']);
  });

  test('two keys that may be the same: neither secret is lost', () => {
    const map = `{ ${key} = ${own}, b = aws_secretsmanager_secret.other.arn }`;
    const report = checkText(
      textWith({ auth: dynamic(map), more: another, roleReads: allow('secretsmanager:GetSecretValue', '"*"') }),
    );
    expect(logins(report)).toEqual(['app: reachable', 'other: reachable']);
  });
});

describe('what a role may read, of a map', () => {
  test.each([
    ['for', `[for name, arn in { ${key} = ${own} } : arn]`],
    ['values()', `values({ ${key} = ${own} })`],
    ['distinct()', `distinct([for arn in { ${key} = ${own} } : arn])`],
  ])('%s', (_, list) => {
    const report = checkText(textWith({ roleReads: allow('secretsmanager:GetSecretValue', list) }));
    expect(logins(report)).toEqual(['app: reachable']);
  });
});

// Terraform plans no such thing, unless a state has the key.
test('a resource for each entry may be any', () => {
  const text = textWith({})
    .replace(
      'aws_db_proxy_target" "main" {',
      `aws_db_proxy_target" "main" {\n  for_each = { ${key} = aws_db_instance.main.identifier }`,
    )
    .replace('= aws_db_instance.main.identifier\n}', '= each.value\n}');
  const report = checkText(text);
  expect(logins(report)).toEqual(['app: unknown']);
  expect(mandatoryFailures(report)).toEqual([]);
});

describe('variables of a function', () => {
  const withVariables = (variables: string): Report =>
    checkText(
      textWith({
        grant: allow(
          'rds-db:connect',
          '"arn:aws:rds-db:us-east-1:123456789012:dbuser:${aws_db_instance.main.resource_id}/app"',
        ),
        more: `
variable "more" {}
resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = aws_iam_role.orders.arn
  environment {
    variables = ${variables}
  }
}`,
      }),
    );
  const other = '"X_${aws_iam_role.proxy.unique_id}"';
  const outcome = (report: Report): string | undefined =>
    report.findings.find(({ policy }) => policy === 'connect-grant-other-endpoint')?.outcome;

  test.each([
    ['all are known', '{ DB_HOST = aws_db_proxy.main.endpoint }', 'fail'],
    ['one has a name that is not', `{ DB_HOST = aws_db_proxy.main.endpoint, ${other} = "x" }`, 'fail'],
    ['one has the name of any', `{ DB_HOST = aws_db_proxy.main.endpoint, ${key} = "x" }`, undefined],
    [
      'one may have the host of the database',
      `{ DB_HOST = aws_db_proxy.main.endpoint, ${other} = var.more }`,
      undefined,
    ],
    ['others may', 'merge({ DB_HOST = aws_db_proxy.main.endpoint }, var.more)', undefined],
  ])('%s', (_, variables, expected) => {
    expect(outcome(withVariables(variables))).toBe(expected);
  });
});
