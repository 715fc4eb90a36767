import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { Report } from './model/report.ts';
import { runMain } from './testing/run-main.ts';

// Where a plan is handed out with its sensitive values masked, as env zero does, they are unknown: nobody says of them
// what the plan itself does not say.

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

const masked = (value: Json | undefined, flags: Json | undefined): Json => {
  if (value === undefined || value === null) return null;
  if (flags === true) return '<sensitive>';
  if (Array.isArray(value))
    return value.map((item, index) => masked(item, Array.isArray(flags) ? flags[index] : false));
  if (typeof value !== 'object' || typeof flags !== 'object' || flags === null) return value;
  const marks = new Map(Object.entries(flags));
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, masked(child, marks.get(key))]));
};

const maskPlan = (text: string): string => {
  const plan = JSON.parse(text);
  for (const { change } of plan.resource_changes ?? [])
    for (const moment of ['before', 'after'])
      if (change[moment] !== null) change[moment] = masked(change[moment], change[`${moment}_sensitive`]);
  return JSON.stringify(plan);
};

const judge = async (text: string, ...words: readonly string[]): Promise<Report> =>
  JSON.parse((await runMain(['-', '--format', 'json', ...words], text)).stdout);

const failing = ({ findings }: Report): readonly string[] =>
  findings.filter(({ outcome }) => outcome === 'fail').map(({ policy, address }) => `${policy} ${address}`);

const plans = [
  ...readdirSync('testdata/scenarios')
    .filter((name) => !name.endsWith('.md'))
    .map((name) => `testdata/scenarios/${name}/plan.json`),
  ...['create', 'update', 'noop'].map((kind) => `testdata/lifecycle/standard-document/${kind}-plan.json`),
  'examples/orders-fixed/plan.json',
];

describe('a plan with masked values', () => {
  test.each(plans)('%s: nothing fails, and no way in breaks, that did not', async (path) => {
    const text = readFileSync(path, 'utf8');
    const [plain, hidden] = [await judge(text), await judge(maskPlan(text))];
    const known = new Set(failing(plain));
    expect(failing(hidden).filter((finding) => !known.has(finding))).toEqual([]);
    const broken = ({ connections }: Report): number =>
      connections.filter(({ verdict }) => verdict === 'unreachable').length;
    expect(broken(hidden)).toBeLessThanOrEqual(broken(plain));
    expect(hidden.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  test('is what these are, and is said to be undecided', async () => {
    const text = readFileSync('examples/orders-fixed/plan.json', 'utf8');
    const hidden = maskPlan(text);
    expect(hidden.match(/"<sensitive>"/g)?.length).toBeGreaterThan(2);
    const { findings } = await judge(hidden);
    expect(findings.map(({ policy, outcome }) => `${policy} ${outcome}`)).toContain(
      'secret-without-credentials unknown',
    );
    expect(JSON.stringify(await judge(hidden, '--verbose'))).not.toContain('<sensitive>');
  });

  test('has what its configuration says, where that is given', async () => {
    const { stdout } = await runMain(
      ['-', '--format', 'json', '--source', 'examples/orders-fixed'],
      maskPlan(readFileSync('examples/orders-fixed/plan.json', 'utf8')),
    );
    const { connections } = JSON.parse(stdout) as Report;
    expect(connections.map(({ verdict }) => verdict)).toEqual(['reachable', 'reachable', 'reachable']);
  });

  test('a variable that is masked has no value', async () => {
    const plan = JSON.parse(readFileSync('examples/orders-fixed/plan.json', 'utf8'));
    for (const name of Object.keys(plan.variables ?? {})) plan.variables[name] = { value: '<sensitive>' };
    expect(Object.keys(plan.variables ?? {}).length).toBeGreaterThan(0);
    const { stdout } = await runMain(
      ['-', '--format', 'json', '--source', 'examples/orders-fixed'],
      JSON.stringify(plan),
    );
    expect(stdout).not.toContain('<sensitive>');
    expect(JSON.parse(stdout).verdict).toBe('pass');
  });
});
