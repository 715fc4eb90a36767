import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { runMain } from './run.test-support.ts';

// scripts/rego-tools.mjs builds them where there is Go.
const tool = (name: string): string => `node_modules/.cache/rego/${name}`;
const areThere = existsSync(tool('opa')) && existsSync(tool('conftest'));
const withTools = areThere ? describe : describe.skip;

const library = 'docs/rego';
const broken = 'examples/orders/plan.json';
const mended = 'examples/orders-fixed/plan.json';

let data = '';
beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'rds-auth-rego-'));
  for (const [name, plan] of [
    ['broken', broken],
    ['mended', mended],
  ] as const) {
    const { code, stdout } = await runMain(['model', plan, '--format', 'opa']);
    expect(code).toBe(0);
    writeFileSync(join(data, `${name}.json`), stdout);
  }
});
afterAll(() => rmSync(data, { recursive: true }));

const run = (name: string, ...argv: readonly string[]) => spawnSync(tool(name), argv, { encoding: 'utf8' });

type Finding = { readonly msg: string; readonly connection?: string };

const ask = (query: string, plan: 'broken' | 'mended'): readonly Finding[] => {
  const { status, stdout, stderr } = run('opa', 'eval', '-d', join(data, `${plan}.json`), '-d', library, query);
  expect([status, stderr]).toEqual([0, '']);
  return JSON.parse(stdout).result[0].expressions[0].value;
};

test('everything stands below one key, so that it goes beside other data', async () => {
  const { stdout } = await runMain(['model', broken, '--format', 'opa']);
  const document = JSON.parse(stdout);
  expect(Object.keys(document)).toEqual(['rds_auth']);
  expect(Object.keys(document.rds_auth).sort()).toEqual(
    ['connections', 'findings', 'input', 'matrix', 'model', 'schemaVersion', 'tool'].sort(),
  );
  const report = JSON.parse((await runMain([broken, '--format', 'json'])).stdout);
  expect(document.rds_auth.connections).toEqual(report.connections);
  expect(document.rds_auth.matrix).toEqual(report.matrix);
  expect(document.rds_auth.findings).toEqual(report.findings);
  const model = JSON.parse((await runMain(['model', broken])).stdout);
  expect(document.rds_auth.model).toEqual(model.model);
});

test.each([
  [[broken, mended], 'The format opa takes one PLAN'],
  [['missing.json'], 'There is no such file'],
])('model %j --format opa is no answer', async (plans, words) => {
  const { code, stdout, stderr } = await runMain(['model', ...plans, '--format', 'opa']);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain(words);
});

withTools('docs/rego, with opa and conftest', () => {
  test('the library passes its own tests, and is formatted', () => {
    const tested = run('opa', 'test', library, '--format', 'json');
    expect(tested.status).toBe(0);
    expect(JSON.parse(tested.stdout).length).toBeGreaterThan(5);
    expect(run('opa', 'fmt', '--list', library).stdout).toBe('');
    expect(run('opa', 'check', '--strict', library).status).toBe(0);
  });

  test('the example denies a way in that cannot work', () => {
    const denied = ask('data.main.deny', 'broken');
    expect(denied.find(({ connection }) => connection !== undefined)?.msg).toMatch(
      /^orders_app: aws_iam_role\.service -> aws_db_proxy\.orders -> aws_db_instance\.orders \(iam-proxy-rds\) is broken at grant: /,
    );
  });

  test('and not once it is mended', () => {
    expect(ask('data.main.deny', 'mended').filter(({ connection }) => connection !== undefined)).toEqual([]);
  });

  test.each([
    ['broken', broken],
    ['mended', mended],
  ] as const)('conftest denies the same of %s', (name, plan) => {
    const argv = ['test', plan, '-p', library, '-d', join(data, `${name}.json`), '--output', 'json'];
    const { status, stdout } = run('conftest', ...argv);
    const [result] = JSON.parse(stdout);
    const denied = ask('data.main.deny', name).map(({ msg }) => msg);
    expect((result.failures ?? []).map(({ msg }: Finding) => msg).sort()).toEqual([...denied].sort());
    expect(status).toBe(denied.length > 0 ? 1 : 0);
  });
});
