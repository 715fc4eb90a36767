import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Report } from '../../src/model/report.ts';
import { installPacked } from '../../src/testing/install-packed.ts';

const examples = 'examples/cdktf';
const frameworks = ['cdktf', 'cdktn'] as const;

/** What each example is for: the ways in that work, by whom, and what is advised all the same. */
const meant: Readonly<Record<string, { readonly ways: readonly string[]; readonly advice: readonly string[] }>> = {
  'password-database': {
    ways: ['password-rds orders_admin'],
    advice: ['database-iam-auth-disabled'],
  },
  'iam-cluster': { ways: ['iam-rds app aws_iam_role.service', 'password-rds root_admin'], advice: [] },
  'password-proxy': {
    ways: ['password-proxy-rds invoices', 'password-proxy-rds orders', 'password-rds root_admin'],
    advice: ['secret-not-rotated', 'secret-not-rotated'],
  },
  'iam-proxy': {
    ways: ['iam-proxy-rds app aws_iam_role.service', 'password-rds root_admin'],
    advice: ['database-iam-auth-disabled', 'secret-not-rotated'],
  },
  'end-to-end-iam-proxy': {
    ways: ['iam-proxy-iam-rds app aws_iam_role.service', 'password-rds root_admin'],
    advice: [],
  },
};

let project = '';

const node = (cwd: string, ...argv: readonly string[]) => spawnSync(process.execPath, argv, { cwd, encoding: 'utf8' });

const toCdktn = (text: string): string =>
  text
    .replaceAll(/(?<=['@/])cdktf(?=['/])/g, 'cdktn')
    .replace('new App()', "new App({ context: { targetVersions: { terraform: '>=1.11.0', opentofu: '>=1.11.0' } } })");

/** What documents show, with what is around it there. */
const shown = [...readFileSync('docs/cdktf.md', 'utf8').matchAll(/^```ts\n([\s\S]*?)^```/gm)].map(
  ([, code = '']) => `
    declare const stack: import('cdktf').TerraformStack;
    declare const expect: (value: unknown) => { toEqual(other: unknown): void };
    ${code}
    export {};`,
);

/** The examples for a framework, and what the documents show, compiled as the settings of the examples say. */
const compile = (framework: (typeof frameworks)[number]): string => {
  const folder = join(project, framework);
  cpSync(examples, folder, { recursive: true });
  for (const [i, text] of shown.entries()) writeFileSync(join(folder, `shown-${i}.ts`), text);
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  )) {
    const path = join(folder, file);
    if (framework === 'cdktn') writeFileSync(path, toCdktn(readFileSync(path, 'utf8')));
  }
  // TypeScript 6 wants this said of the resolution that projects of the templates have.
  const tsc = [resolve('node_modules/typescript/bin/tsc'), '--ignoreDeprecations', '6.0', '--pretty', 'false'];
  return node(folder, ...tsc, '--outDir', 'out').stdout;
};

beforeAll(() => {
  const bindings = frameworks.flatMap((framework) => [framework, `@${framework}/provider-aws`]);
  project = installPacked([...bindings, 'constructs', '@types/node', 'undici-types']);
}, 60_000);

afterAll(() => rmSync(project, { recursive: true }));

/** An address without the path's hash, as a person writes it. */
const short = (address: string): string => address.replace(/_role_[0-9A-F]{8}$/, '');

describe.each(frameworks)('the examples, with %s', (framework) => {
  test('compile, with what docs/cdktf.md shows', () => {
    expect(shown.length).toBeGreaterThan(4);
    expect(compile(framework)).toBe('');
  }, 60_000);

  test('are all known here', () => {
    const folders = readdirSync(examples, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(folders.map(({ name }) => name).sort()).toEqual(Object.keys(meant).sort());
  });

  test.each(Object.entries(meant))('%s is as it is meant', (name, { ways, advice }) => {
    const folder = join(project, `${framework}-${name}`);
    mkdirSync(folder);
    const { status, stderr } = node(folder, join(project, framework, 'out', name, 'main.js'));
    expect([status, stderr]).toEqual([0, '']);
    const cli = join(project, 'node_modules/rds-auth-policy/bin/rds-auth-policy.js');
    const judged = node(folder, cli, 'cdktf.out/stacks/orders', '--format', 'json');
    const report: Report = JSON.parse(judged.stdout);
    expect([judged.status, report.verdict]).toEqual([0, 'pass']);
    const works = report.connections.map(({ path, user, principal, verdict }) => {
      expect(verdict).toBe('reachable');
      return [path, user, principal === null ? [] : short(principal)].flat().join(' ');
    });
    expect(works.sort()).toEqual(ways);
    expect(report.findings.map(({ policy, enforcement }) => [policy, enforcement]).sort()).toEqual(
      advice.map((policy) => [policy, 'advisory']),
    );
  });
});

test('docs/cdktf.md has everything that is exported', () => {
  const text = readFileSync('docs/cdktf.md', 'utf8');
  const list = "console.log(Object.keys(require('rds-auth-policy/cdktf')).join())";
  const names = node(project, '-e', list).stdout.trim().split(',');
  expect(names.length).toBeGreaterThan(10);
  expect(names.filter((name) => !text.includes(name))).toEqual([]);
});

describe('README.md', () => {
  const dedent = (text: string): string =>
    text
      .split('\n')
      .map((line) => line.trim())
      .join('\n');

  test('shows pattern d as the example has it, in fifteen lines', () => {
    const [, block = ''] =
      /```ts\n(import .*rds-auth-policy\/cdktf[\s\S]*?)```/.exec(readFileSync('README.md', 'utf8')) ?? [];
    const example = dedent(readFileSync(`${examples}/iam-proxy/main.ts`, 'utf8'));
    const parts = block.trim().split('\n\n');
    expect(parts.length).toBeGreaterThan(1);
    expect(parts.filter((part) => !example.includes(dedent(part)))).toEqual([]);
    expect(block.split('\n').filter((line) => line.trim() !== '').length).toBeLessThanOrEqual(15);
  });
});
