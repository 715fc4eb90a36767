import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { runMain, scenario } from './run.test-support.ts';

const tlsOff = scenario('mistake-tls-off');
const moved = 'testdata/lifecycle/special/moved-findings';
const only = ['--only', 'proxy-iam-requires-tls'];

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'held-'));
});
afterEach(() => rmSync(root, { recursive: true }));

const at = (name: string): string => join(root, name);
const held = (): string => at('baseline.json');

type Found = { readonly policy: string; readonly address: string; readonly baseline: string };

const judge = async (...argv: readonly string[]) => {
  const { code, stdout, stderr } = await runMain([...argv, '--baseline', held(), '--format', 'json']);
  const report = JSON.parse(stdout);
  const findings: readonly Found[] = report.findings;
  return { code, stderr, report, states: findings.map(({ address, baseline }) => `${baseline} ${address}`) };
};

const write = (...argv: readonly string[]) => runMain([...argv, '--write-baseline', held()]);

describe('--write-baseline', () => {
  test('writes what is wrong, says so, and passes', async () => {
    const { code, stdout, stderr } = await write(tlsOff, ...only);
    expect([code, stderr]).toEqual([0, `${held()}: 1 finding written.\n`]);
    expect(stdout).toMatch(/^PASS /);
    expect(stdout).toMatch(/In the baseline \(1\)\n· proxy-iam-requires-tls · aws_db_proxy\.main/);
    // What does not work still does not.
    expect(stdout).toContain('1 cannot');
    const text = readFileSync(held(), 'utf8');
    const schema = JSON.parse(readFileSync('schemas/baseline.schema.json', 'utf8'));
    expect(new Ajv2020().compile(schema)(JSON.parse(text))).toBe(true);
    expect(JSON.parse(text)).toEqual({
      schemaVersion: '1',
      findings: [
        {
          policy: 'proxy-iam-requires-tls',
          address: 'aws_db_proxy.main',
          outcome: 'fail',
          causes: 1,
          fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/),
        },
      ],
    });
  });

  test('writes the same again, and what is undecided', async () => {
    const open = 'policies/reachability/proxy-iam-requires-tls/cases/unknown-tls-after-apply/plan.json';
    expect((await write(open, ...only)).stderr).toBe(`${held()}: 1 finding written, 1 undecided.\n`);
    const first = readFileSync(held(), 'utf8');
    await write(open, ...only);
    expect(readFileSync(held(), 'utf8')).toBe(first);
    expect((await judge(open, ...only, '--unknown', 'fail')).code).toBe(0);
    expect((await runMain([open, ...only, '--unknown', 'fail'])).code).toBe(1);
  });

  test('says nothing with --quiet', async () => {
    expect((await write(tlsOff, '--quiet')).stderr).toBe('');
  });

  test('writes nothing where there is no answer', async () => {
    const { code, stderr } = await write(tlsOff, '--only', 'none');
    expect(code).toBe(2);
    expect(stderr).toContain('is not written: there is no answer to write.');
    expect(existsSync(held())).toBe(false);
  });

  test('is an error where it cannot write', async () => {
    const { code, stderr, stdout } = await runMain([tlsOff, '--write-baseline', 'package.json']);
    expect(code).toBe(2);
    expect(`${stdout}${stderr}`).toContain('This file is there, and is no baseline.');
  });
});

describe('--baseline', () => {
  test('lets what it holds pass, and nothing else', async () => {
    const two = ['--only', 'proxy-iam-requires-tls,proxy-without-target'];
    await write(tlsOff, ...two);
    expect((await judge(tlsOff, ...two)).code).toBe(0);
    const other = await judge(scenario('mistake-no-target'), ...two);
    expect(other.code).toBe(1);
    expect(other.report.baseline).toMatchObject({ unchanged: 0 });
    expect(other.report.baseline.gone).toMatchObject([{ policy: 'proxy-iam-requires-tls' }]);
    const { stdout } = await runMain([scenario('mistake-no-target'), ...two, '--baseline', held()]);
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('1 of the baseline is gone.');
    const verbose = await runMain([scenario('mistake-no-target'), ...two, '--baseline', held(), '--verbose']);
    expect(verbose.stdout).toContain('gone: proxy-iam-requires-tls · aws_db_proxy.main');
  });

  test('knows a finding again when its lines have moved', async () => {
    cpSync('testdata/scenarios/mistake-tls-off', at('x'), { recursive: true });
    await write(at('x/plan.json'), ...only);
    const main = at('x/config/main.tf');
    writeFileSync(main, `# One.\n\n# Two.\n${readFileSync(main, 'utf8')}`);
    const { code, states, report } = await judge(at('x/plan.json'), ...only);
    expect(report.input[0].source).not.toBeNull();
    expect([code, states]).toEqual([0, ['unchanged aws_db_proxy.main']]);
  });

  test('knows a finding again when its resource has moved, by the plan', async () => {
    // The module has a new name and a key, the other proxy goes from count to for_each.
    await write(`${moved}/before`, ...only);
    const { code, states, report } = await judge(`${moved}/plan.json`, '--no-source', ...only);
    expect(states).toEqual([
      'unchanged aws_db_proxy.by_name["orders"]',
      'new aws_db_proxy.fresh',
      'unchanged module.proxies["billing"].aws_db_proxy.this',
    ]);
    expect(code).toBe(1);
    expect(report.baseline).toMatchObject({ new: 1, unchanged: 2, moved: 2, gone: [] });
  });

  test('knows it by the configuration, when the move is long done', async () => {
    await write(`${moved}/before`, ...only);
    const { states, report } = await judge(moved, ...only);
    expect(report.input[0].kind).toBe('configuration');
    expect(states).toEqual([
      'unchanged aws_db_proxy.by_name["orders"]',
      'new aws_db_proxy.fresh',
      'unchanged module.proxies["billing"].aws_db_proxy.this',
    ]);
    const { stdout } = await runMain([moved, ...only, '--baseline', held()]);
    expect(stdout).toContain('2 known by the address before a move');
  });

  test('holds nothing that is waived: when the waiver is over, it is news', async () => {
    cpSync('testdata/scenarios/mistake-tls-off', at('x'), { recursive: true });
    const main = at('x/config/main.tf');
    const head = 'resource "aws_db_proxy" "main" {';
    const comment = '# rds-auth-policy:ignore proxy-iam-requires-tls until=2026-06-15 reason="Soon."';
    writeFileSync(main, readFileSync(main, 'utf8').replace(head, `${comment}\n${head}`));
    const on = (day: string, ...argv: readonly string[]) =>
      runMain([at('x/plan.json'), ...only, ...argv], { now: () => new Date(`${day}T12:00:00Z`) });
    expect((await on('2026-06-15', '--write-baseline', held())).stderr).toContain('0 findings written');
    expect((await on('2026-06-15', '--baseline', held())).code).toBe(0);
    expect((await on('2026-06-16', '--baseline', held())).code).toBe(1);
  });

  test.each<[string, string | null, string]>([
    ['missing', null, 'There is no such file.'],
    ['no JSON', 'canary', 'This is no JSON, so it is no baseline.'],
    ['of another version', '{"schemaVersion":"9","findings":[]}', 'This baseline is of another version than 1'],
  ])('that is %s is an error', async (_, text, sentence) => {
    if (text !== null) writeFileSync(held(), text);
    const { code, stdout, stderr } = await runMain([tlsOff, '--baseline', held()]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr.replaceAll(/\s+/g, ' ')).toContain(sentence);
    expect(stderr).not.toContain('canary');
    expect(stderr).toContain('rds-auth-policy PLAN --write-baseline FILE');
  });
});
