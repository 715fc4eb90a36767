import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { runMain } from './run.test-support.ts';

const scenario = 'testdata/scenarios/mistake-tls-off';
const head = 'resource "aws_db_proxy" "main" {';
const comment = '# rds-auth-policy:ignore proxy-iam-requires-tls until=2026-06-15 reason="Old clients." owner=orders';

let root = '';
let plan = '';

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'exceptions-'));
  plan = join(root, 'plan.json');
  mkdirSync(join(root, 'config'));
  writeFileSync(plan, readFileSync(`${scenario}/plan.json`));
  const text = readFileSync(`${scenario}/config/main.tf`, 'utf8');
  expect(text).toContain(head);
  writeFileSync(join(root, 'config/main.tf'), text.replace(head, `${comment}\n${head}`));
});

afterAll(() => rmSync(root, { recursive: true }));

const at = (day: string, ...argv: readonly string[]) => runMain(argv, { now: () => new Date(`${day}Z`) });

type Finding = { readonly policy: string; readonly id: string; readonly waiver: object | null };

const findings = async (day: string, ...argv: readonly string[]): Promise<readonly Finding[]> =>
  JSON.parse((await at(day, plan, '--format', 'json', ...argv)).stdout).findings;

describe('a waiver in a comment', () => {
  test.each([
    ['expires tomorrow', '2026-06-14T12:00:00', 0, 'waiver-expires-soon'],
    ['expires today', '2026-06-15T00:00:00', 0, 'waiver-expires-soon'],
    ['expires today, a second before midnight in UTC', '2026-06-15T23:59:59', 0, 'waiver-expires-soon'],
    ['expired yesterday', '2026-06-16T00:00:00', 1, 'waiver-expired'],
  ])('that %s', async (_, now, code, policy) => {
    const run = await at(now, plan);
    expect([run.code, run.stderr]).toEqual([code, '']);
    expect(run.stdout.startsWith(code === 0 ? 'PASS' : 'FAIL')).toBe(true);
    expect(run.stdout).toContain(policy);
    expect(run.stdout.includes('1 finding is waived.')).toBe(code === 0);
    // The way in is as broken as before.
    expect(run.stdout).toContain('1 cannot');
  });

  test('shows with its reason', async () => {
    const { stdout } = await at('2026-06-15', plan);
    expect(stdout).toMatch(/Waived \(1\)\n· proxy-iam-requires-tls · aws_db_proxy\.main/);
    expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(
      /waived until 2026-06-15 by orders: Old clients\. \(\S*main\.tf:68\)/,
    );
  });

  test('counts not with --no-waivers', async () => {
    const { code, stdout } = await at('2026-06-15', plan, '--no-waivers');
    expect(code).toBe(1);
    expect(stdout).not.toMatch(/waive/i);
  });

  test('is not seen without the configuration', async () => {
    expect((await at('2026-06-15', plan, '--no-source')).code).toBe(1);
  });

  test('is in what explain says of the finding, and of the policy', async () => {
    const [waived] = (await findings('2026-06-15')).filter(({ waiver }) => waiver !== null);
    expect(waived?.policy).toBe('proxy-iam-requires-tls');
    const of = (word: string, ...more: readonly string[]) => at('2026-06-15', 'explain', word, plan, ...more);
    const one = await of(waived?.id ?? '');
    expect(one.stdout.replaceAll(/\s+/g, ' ')).toContain('waived until 2026-06-15 by orders: Old clients.');
    expect((await of('proxy-iam-requires-tls')).stdout).toContain(`${waived?.id} fails, waived aws_db_proxy.main`);
    expect((await of(waived?.id ?? '', '--no-waivers')).stdout).not.toContain('waived until');
    expect(JSON.parse((await of(waived?.id ?? '', '--format', 'json')).stdout).finding.waiver.reason).toBe(
      'Old clients.',
    );
  });

  test('that is undecided does not fail the run with --unknown=fail', async () => {
    const path = 'policies/reachability/proxy-iam-requires-tls/cases/unknown-tls-after-apply';
    const text = readFileSync(`${path}/main.tf`, 'utf8').replace(head, `${comment}\n${head}`);
    mkdirSync(join(root, 'other/open'), { recursive: true });
    writeFileSync(join(root, 'other/open/main.tf'), text);
    const only = ['--only', 'proxy-iam-requires-tls', '--unknown', 'fail', '--source', join(root, 'other/open')];
    expect((await at('2026-06-15', `${path}/plan.json`, ...only)).code).toBe(0);
    expect((await at('2026-06-16', `${path}/plan.json`, ...only)).code).toBe(1);
  });

  test('that cannot be read is a warning with its place', async () => {
    const broken = comment.replace(' reason="Old clients."', '');
    const text = readFileSync(join(root, 'config/main.tf'), 'utf8').replace(comment, broken);
    mkdirSync(join(root, 'other/broken'), { recursive: true });
    writeFileSync(join(root, 'other/broken/main.tf'), text);
    const { code, stdout } = await at('2026-06-15', plan, '--source', join(root, 'other/broken'));
    expect(code).toBe(1);
    expect(stdout).toMatch(/warning: \S*main\.tf:68:3: This waiver gives no reason\./);
  });
});

describe('a waiver in rds-auth-policy.yaml', () => {
  const day = '2026-06-15';
  const yaml = (...lines: readonly string[]): string => {
    const path = join(root, 'rds-auth-policy.yaml');
    writeFileSync(path, `${lines.join('\n')}\n`);
    return path;
  };
  const waiver = (expires: string, more: readonly string[] = []) => [
    'waivers:',
    '  - policy: proxy-iam-requires-tls',
    '    address: "**"',
    '    reason: Old clients.',
    `    expires: ${expires}`,
    ...more,
  ];
  const judge = (path: string, ...argv: readonly string[]) =>
    at(day, plan, '--no-source', '--config', path, '--format', 'json', ...argv);
  const policies = (stdout: string): readonly string[] =>
    JSON.parse(stdout).findings.flatMap(({ policy, waiver: own }: Finding) =>
      own === null
        ? policy.startsWith('waiver') || policy === 'proxy-iam-requires-tls'
          ? [policy]
          : []
        : [`${policy} waived`],
    );

  test.each([
    ['tomorrow', '2026-06-16', 0, ['proxy-iam-requires-tls waived', 'waiver-expires-soon']],
    ['today', '2026-06-15', 0, ['proxy-iam-requires-tls waived', 'waiver-expires-soon']],
    ['yesterday', '2026-06-14', 1, ['proxy-iam-requires-tls', 'waiver-expired']],
    ['next year', '2027-06-15', 0, ['proxy-iam-requires-tls waived']],
  ])('that expires %s', async (_, expires, code, expected) => {
    const run = await judge(yaml(...waiver(expires)));
    expect([run.code, policies(run.stdout)]).toEqual([code, expected]);
  });

  test('can fail the run when it is over, if a team wants that', async () => {
    const rules = [
      'rules:',
      '  - policy: waiver-expired',
      '    enforcement: mandatory',
      '  - policy: proxy-iam-requires-tls',
      '    enforcement: advisory',
    ];
    expect((await judge(yaml(...waiver('2026-06-14'), ...rules))).code).toBe(1);
    expect((await judge(yaml(...waiver('2026-06-15'), ...rules))).code).toBe(0);
  });

  test('is not unmatched where its policy is off, everywhere or there', async () => {
    const off = (more: string) => ['rules:', '  - policy: proxy-iam-requires-tls', '    enforcement: off', more];
    const mended = scenario.replace('mistake-tls-off', 'standard-postgres-jsonencode-flat');
    const judgeMended = async (...lines: readonly string[]) =>
      policies(
        (await at(day, `${mended}/plan.json`, '--no-source', '--config', yaml(...lines), '--format', 'json')).stdout,
      );
    const lasting = waiver('2027-06-15');
    expect(await judgeMended(...lasting)).toEqual(['waiver-unmatched']);
    expect(await judgeMended(...lasting, ...off(''))).toEqual([]);
    expect(await judgeMended(...lasting, ...off('    select: { address: "aws_db_proxy.*" }'))).toEqual([]);
    expect(await judgeMended(...lasting, ...off('    select: { address: "aws_db_instance.*" }'))).toEqual([
      'waiver-unmatched',
    ]);
    // A rule that changes nothing about it makes it no less unmatched.
    const severe = ['rules:', '  - policy: proxy-iam-requires-tls', '    severity: low'];
    expect(await judgeMended(...lasting, ...severe)).toEqual(['waiver-unmatched']);
  });

  test('of several plans is unmatched only where its address is', async () => {
    const other = scenario.replace('mistake-tls-off', 'mistake-no-target');
    const path = yaml(...waiver('2027-06-15').map((line) => line.replace('"**"', 'aws_db_proxy.elsewhere')));
    const judgeAll = async (...plans: readonly string[]) =>
      (await at(day, ...plans, '--no-source', '--config', path)).stdout.includes('waiver-unmatched');
    expect(await judgeAll(plan)).toBe(true);
    expect(await judgeAll(plan, `${other}/plan.json`)).toBe(false);
  });

  test('points at its line', async () => {
    const { stdout } = await at(day, plan, '--no-source', '--config', yaml(...waiver('2026-06-14')), '--verbose');
    expect(stdout).toMatch(/rds-auth-policy\.yaml:2\b/);
  });

  test('that names no policy is no answer', async () => {
    const path = yaml(...waiver('2027-06-15').map((line) => line.replace('requires-tls', 'requires-tsl')));
    const run = await judge(path);
    expect(run.code).toBe(2);
    expect(run.stdout).toContain('did you mean proxy-iam-requires-tls?');
  });

  test('counts with --config-only, and comments do not', async () => {
    const only = (path: string) => at(day, plan, '--config-only', path, '--format', 'json');
    expect((await only(yaml(...waiver('2027-06-15')))).code).toBe(0);
    expect((await only(yaml('rules: []'))).code).toBe(1);
    expect((await at(day, plan, '--config', yaml('rules: []'))).code).toBe(0);
  });

  test('counts not with --no-waivers', async () => {
    const run = await judge(yaml(...waiver('2027-06-15')), '--no-waivers');
    expect([run.code, policies(run.stdout)]).toEqual([1, ['proxy-iam-requires-tls']]);
  });
});
