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
    mkdirSync(join(root, 'open'));
    writeFileSync(join(root, 'open/main.tf'), text);
    const only = ['--only', 'proxy-iam-requires-tls', '--unknown', 'fail', '--source', join(root, 'open')];
    expect((await at('2026-06-15', `${path}/plan.json`, ...only)).code).toBe(0);
    expect((await at('2026-06-16', `${path}/plan.json`, ...only)).code).toBe(1);
  });

  test('that cannot be read is a warning with its place', async () => {
    const broken = comment.replace(' reason="Old clients."', '');
    const text = readFileSync(join(root, 'config/main.tf'), 'utf8').replace(comment, broken);
    mkdirSync(join(root, 'broken'));
    writeFileSync(join(root, 'broken/main.tf'), text);
    const { code, stdout } = await at('2026-06-15', plan, '--source', join(root, 'broken'));
    expect(code).toBe(1);
    expect(stdout).toMatch(/warning: \S*main\.tf:68:3: This waiver gives no reason\./);
  });
});
