import { expect, test } from '@jest/globals';
import type { Finding } from './model/finding.ts';
import type { Report } from './model/report.ts';
import { checkText, textWith } from './testing/check-text.ts';

/** What is printed, put in where it says. */

const found = (report: Report, policy: string): readonly Finding[] =>
  report.findings.filter((finding) => finding.policy === policy);

const mendOf = (report: Report, policy: string): string =>
  found(report, policy).find(({ outcome }) => outcome === 'fail')?.remediation ?? '';

/** The lines of the step that begins so. */
const linesAfter = (mend: string, sentence: RegExp): string => {
  const parts = mend.split(/\n(?! {2})/);
  const part = parts.find((step) => sentence.test(step.split('\n')[0] ?? '')) ?? '';
  return part.split('\n').slice(1).join('\n');
};

const failures = (report: Report): readonly string[] =>
  report.findings
    .filter(({ outcome, enforcement }) => outcome === 'fail' && enforcement === 'mandatory')
    .map(({ policy }) => policy);

const masterText = textWith({
  secret: 'jsonencode({ username = "root_admin", password = random_password.app.result })',
  auth: `
  auth {
    auth_scheme               = "SECRETS"
    iam_auth                  = "REQUIRED"
    client_password_auth_type = "POSTGRES_SCRAM_SHA_256"
    secret_arn                = aws_secretsmanager_secret.app.arn
  }`,
  more: 'resource "random_password" "app" { length = 32 }',
}).replace('[6]}/app"', '[6]}/root_admin"');

test('a proxy that logs in as the master user: the lines that are printed keep the login that there was', () => {
  const before = checkText(masterText);
  expect(failures(before)).toEqual([]);
  const mend = mendOf(before, 'proxy-uses-master-secret');
  const after = checkText(
    [
      masterText
        .replace(/secret_arn +=.*/, linesAfter(mend, /auth block/).trim())
        .replace(/"arn:aws:rds-db[^\n]*\/root_admin"/, linesAfter(mend, /rds-db:connect/).trim()),
      linesAfter(mend, /^Add/),
    ].join('\n'),
  );
  expect(failures(after)).toEqual([]);
  expect(found(after, 'proxy-uses-master-secret')).toEqual([]);
  expect(found(after, 'password-in-configuration').map(({ address }) => address)).toEqual(
    found(before, 'password-in-configuration').map(({ address }) => address),
  );
  const logins = after.connections.filter(({ path }) => path === 'iam-proxy-rds');
  expect(logins.map(({ user, verdict }) => `${user} ${verdict}`)).toEqual(['app reachable']);
});

test('where it is not known who the secret holds, the mend says what would show it', () => {
  const text = masterText
    .replace(/secret_string = .*/, 'secret_string = var.content')
    .concat('\nvariable "content" {}');
  const [finding] = found(checkText(text), 'proxy-uses-master-secret');
  expect(finding?.outcome).toBe('unknown');
  expect(finding?.remediation).not.toContain('resource "');
  expect(finding?.remediation).toContain('aws_secretsmanager_secret.app');
});
