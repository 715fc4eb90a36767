import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { judgeStack, openStackRules, userStatements } from './engine.ts';
import type { StackInput } from './judge-stack.ts';
import type { Path } from './model/connection.ts';
import type { Report } from './model/report.ts';
import { checkDirectory } from './testing/check-source.ts';

const folder = mkdtempSync(join(tmpdir(), 'judge-stack-'));
afterAll(() => rmSync(folder, { recursive: true }));

const write = (name: string, text: string): string => {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
  return path;
};

const label = 'cdk.tf.json';
const defaults = { label, today: '2026-11-26', toolVersion: 'test' };

const judge = (text: string, { rules = openStackRules(null), ...more }: Partial<StackInput> = {}): Report =>
  judgeStack({ ...defaults, text, rules, ...more }).report;

const stacks = readdirSync('testdata/tf-json', { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? [`testdata/tf-json/${entry.name}/config`] : [],
);
const textOf = (stack: string): string => readFileSync(`${stack}/cdk.tf.json`, 'utf8');
const mistake = textOf('testdata/tf-json/mistake-tls-off/config');

/** What does not hang on the name of the file. */
const said = ({ verdict, matrix, connections, findings }: Report) => ({
  verdict,
  matrix,
  connections: connections.map(({ id, verdict: one }) => [id, one]),
  findings: findings.map(({ id, outcome, message, waiver }) => [id, outcome, message, waiver]),
});

const codes = ({ diagnostics }: Report): readonly string[] => diagnostics.map(({ code }) => code);

test.each(stacks)('%s is judged as the directory of configuration that it is', (stack) => {
  expect(said(judge(textOf(stack)))).toEqual(said(checkDirectory(stack)));
});

test('a finding says the line of the stack', () => {
  const finding = judge(mistake).findings.find(({ policy }) => policy === 'proxy-iam-requires-tls');
  expect(finding?.origins[0]).toMatchObject({ file: label, address: 'aws_db_proxy.main' });
  expect(mistake.split('\n')[(finding?.origins[0]?.line ?? 0) - 1]).toContain('require_tls');
});

test('a stack without a database passes', () => {
  expect(judge('{"resource": {"aws_vpc": {"main": {"cidr_block": "10.0.0.0/16"}}}}')).toMatchObject({
    verdict: 'pass',
    findings: [],
    diagnostics: [],
  });
});

test('what is no JSON is an error', () => {
  const report = judge('{"resource": ');
  expect([report.verdict, report.findings, codes(report)]).toEqual(['error', [], ['source-unparsable']]);
});

describe('what is asked for', () => {
  test.each<[string, Partial<StackInput>, string]>([
    ['all', {}, 'fail'],
    ['all but the policy', { skip: ['proxy-iam-requires-tls'] }, 'pass'],
    ['another policy', { only: ['proxy-tls-not-required'] }, 'pass'],
    ['a set whose policies want parameters', { sets: ['organization'] }, 'error'],
    ['a policy that does not exist', { only: ['proxy-iam-requires-tsl'] }, 'error'],
  ])('%s', (_, options, verdict) => {
    expect(judge(mistake, options).verdict).toBe(verdict);
  });

  const undecided = textOf('testdata/tf-json/mixed-mysql-document/config');
  const strict = write('strict.yaml', 'rules:\n  - policy: proxy-bypassed\n    enforcement: mandatory\n');
  const failing = write('failing.yaml', `${readFileSync(strict, 'utf8')}output:\n  unknown: fail\n`);

  test.each<[string, string, Partial<StackInput>, string]>([
    ['is reported', strict, {}, 'pass'],
    ['fails where that is asked for', strict, { unknown: 'fail' }, 'fail'],
    ['fails where the configuration says so', failing, {}, 'fail'],
    ['is reported where what is asked for says otherwise', failing, { unknown: 'report' }, 'pass'],
  ])('what is undecided %s', (_, configuration, options, verdict) => {
    expect(judge(undecided, { rules: openStackRules(configuration), ...options }).verdict).toBe(verdict);
  });
});

describe('a configuration', () => {
  test('waives by its day', () => {
    const rules = openStackRules(
      write(
        'waives.yaml',
        'waivers:\n  - policy: proxy-iam-requires-tls\n    address: aws_db_proxy.main\n    expires: 2026-12-31\n    reason: Soon gone.\n    owner: data\n',
      ),
    );
    expect(rules.diagnostics).toEqual([]);
    expect(judge(mistake, { rules }).verdict).toBe('pass');
    expect(judge(mistake, { rules, today: '2027-01-01' }).verdict).toBe('fail');
  });

  const policy = `id: own-tls
set: own
title: Proxy without TLS
subject: proxy
severity: high
enforcement: mandatory
assert: proxy.tlsForIam
remediation: |-
  Write:
    require_tls = true
why: So it is.
references: [https://example.com/]
`;

  test('brings policies of its own', () => {
    write('policies/own-tls/policy.yaml', policy);
    const rules = openStackRules(write('own.yaml', 'policies: [policies]\nsets: [own]\n'));
    expect(rules.diagnostics).toEqual([]);
    expect(judge(mistake, { rules }).findings.map(({ policy: id }) => id)).toEqual(['own-tls']);
  });

  test('names a context, which is not read', () => {
    const report = judge(mistake, { rules: openStackRules(write('context.yaml', 'context: [network.json]\n')) });
    expect([report.verdict, codes(report)]).toEqual(['fail', ['configuration-unused']]);
  });

  write('wrong/w/policy.yaml', 'id: w\n');

  test.each<[string, string, string]>([
    ['is not there', join(folder, 'missing.yaml'), 'configuration-not-found'],
    ['is no file', folder, 'configuration-unreadable'],
    ['is no YAML', write('broken.yaml', 'rules: ['), 'configuration-unparsable'],
    ['has a key that does not exist', write('key.yaml', 'rule: []\n'), 'configuration-invalid'],
    ['names a set that does not exist', write('set.yaml', 'sets: [securty]\n'), 'policy-not-found'],
    ['names a folder that is not there', write('folder.yaml', 'policies: [nowhere]\n'), 'policy-not-found'],
    ['names a folder out of its directory', write('out.yaml', 'policies: [../..]\n'), 'configuration-invalid'],
    ['names a package', write('packed.yaml', 'policies: [own.tgz]\n'), 'configuration-invalid'],
    ['names a policy that is wrong', write('wrong.yaml', 'policies: [wrong]\n'), 'policy-invalid'],
  ])('that %s is an error', (_, path, code) => {
    const report = judge(mistake, { rules: openStackRules(path) });
    expect([report.verdict, new Set(codes(report))]).toEqual(['error', new Set([code])]);
  });
});

test('each finding means something for the stack, save one that is waived', () => {
  const rules = openStackRules(
    write(
      'some.yaml',
      'waivers:\n  - policy: secret-not-rotated\n    address: aws_secretsmanager_secret.app\n    expires: 2026-12-31\n    reason: Soon gone.\n    owner: data\n',
    ),
  );
  const { report, fails, advice, undecided } = judgeStack({ ...defaults, text: mistake, rules });
  expect(fails.map(({ policy }) => policy)).toEqual(['proxy-iam-requires-tls']);
  expect(advice.length).toBeGreaterThan(0);
  const waived = report.findings.filter(({ waiver }) => waiver !== null);
  expect(waived.map(({ policy }) => policy)).toEqual(['secret-not-rotated']);
  expect(fails.length + advice.length + undecided.length + waived.length).toBe(report.findings.length);
});

describe('the SQL for a user', () => {
  test.each<[Path, string, readonly string[] | undefined]>([
    ['iam-rds', 'postgres', ['CREATE USER app WITH LOGIN;', 'GRANT rds_iam TO app;']],
    [
      'iam-proxy-iam-rds',
      'aurora-mysql',
      ["CREATE USER 'app'@'%' IDENTIFIED WITH AWSAuthenticationPlugin AS 'RDS';", "ALTER USER 'app'@'%' REQUIRE SSL;"],
    ],
    ['password-rds', 'mariadb', ["CREATE USER 'app'@'%' IDENTIFIED BY '<the password in the secret>';"]],
    [
      'iam-proxy-rds',
      'sqlserver-se',
      ["CREATE LOGIN [app] WITH PASSWORD = '<the password in the secret>';", 'CREATE USER [app] FOR LOGIN [app];'],
    ],
    ['iam-rds', 'oracle-ee', undefined],
  ])('%s on %s', (path, engine, lines) => {
    expect(userStatements(path, engine, 'app')?.lines).toEqual(lines);
  });
});
