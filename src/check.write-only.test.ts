import { expect, test } from '@jest/globals';
import { checkText, textWith } from './testing/check-text.ts';

// Of a write-only secret no plan shows anything. The text says who is in it, and not what was written in the end.

const auth = `
  auth {
    auth_scheme = "SECRETS"
    secret_arn  = aws_secretsmanager_secret.app.arn
  }`;

const generated = `
variable "app_password" {
  type      = string
  ephemeral = true
  sensitive = true
}
ephemeral "aws_secretsmanager_random_password" "each" {
  for_each = toset(["app"])
}`;

const said = (secret: string): readonly string[] =>
  checkText(
    textWith({ auth, secret, more: generated }).replace('secret_string =', 'secret_string_wo ='),
  ).connections.flatMap(({ path, user, verdict, legs }) =>
    path === 'password-proxy-rds'
      ? [`${user} ${verdict}`, ...legs.filter(({ leg }) => leg === 'secret').map(({ status }) => status)]
      : [],
  );

test.each([
  [
    'a generated password',
    'jsonencode({ username = "app", password = ephemeral.aws_secretsmanager_random_password.each["app"].random_password })',
  ],
  ['a variable', 'jsonencode({ username = "app", password = var.app_password })'],
  ['text', 'jsonencode({ username = "app", password = "canary-app" })'],
  ['text in JSON', '"{\\"username\\": \\"app\\", \\"password\\": \\"${var.app_password}\\"}"'],
])('the user is the one in the text: %s', (_, secret) => {
  expect(said(secret)).toEqual(['app reachable', 'assumed']);
});

test.each([
  ['no username', 'jsonencode({ password = var.app_password })'],
  ['no JSON', '"canary-app"'],
  ['a variable for all', 'var.app_password'],
])('what names nobody is assumed to hold somebody: %s', (_, secret) => {
  expect(said(secret)).toEqual(['null reachable', 'assumed']);
});

test('nothing written is no secret', () => {
  expect(said('null')).toEqual(['null unreachable', 'broken']);
});

test('a grant for another than the user in the text has no secret', () => {
  const required = `
  require_tls = true
  auth {
    auth_scheme = "SECRETS"
    iam_auth    = "REQUIRED"
    secret_arn  = aws_secretsmanager_secret.app.arn
  }`;
  const grantFor = (user: string) => `${generated}
resource "aws_iam_role_policy" "connect" {
  role   = "service"
  policy = jsonencode({
    Statement = [{
      Effect   = "Allow"
      Action   = "rds-db:connect"
      Resource = "arn:aws:rds-db:us-east-1:123456789012:dbuser:\${element(split(":", aws_db_proxy.main.arn), 6)}/${user}"
    }]
  })
}`;
  const failing = (user: string) => {
    const secret = 'jsonencode({ username = "app", password = var.app_password })';
    const text = textWith({ auth: required, secret, more: grantFor(user) }).replace(
      'secret_string =',
      'secret_string_wo =',
    );
    return checkText(text)
      .findings.filter(({ outcome, enforcement }) => outcome === 'fail' && enforcement === 'mandatory')
      .map(({ policy }) => policy);
  };
  expect([failing('app'), failing('apps')]).toEqual([[], ['connect-user-without-secret']]);
});
