import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

type Import = { readonly from: string; readonly to: string; readonly dynamic?: boolean };
type Violation = { readonly rule: { readonly name: string }; readonly from: string; readonly to: string };

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const DEPCRUISE = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');

/** One import a row, and the rules that it breaks. */
const breaches: readonly (readonly [from: string, to: string, ...rules: string[]])[] = [
  ['src/model/a.ts', 'src/terraform/x.ts', 'room-model'],
  ['src/model/b.ts', 'node:path', 'model-alone'],
  ['src/model/c.ts', 'declared', 'model-alone'],
  ['src/terraform/a.ts', 'src/iam/x.ts', 'room-terraform'],
  ['src/terraform/plan/a.ts', 'src/adapters/rds/x.ts', 'room-terraform'],
  ['src/iam/a.ts', 'src/terraform/x.ts', 'room-iam'],
  ['src/iam/b.ts', 'node:fs', 'outside-world'],
  ['src/policy/a.ts', 'src/analysis/x.ts', 'room-policy'],
  ['src/policy/b.ts', 'node:fs/promises', 'outside-world'],
  ['src/policy/c.ts', 'dev-only', 'library-packages'],
  ['src/policy/d.ts', 'undeclared', 'no-undeclared-package'],
  ['src/report/a.ts', 'src/policy/x.ts', 'room-report'],
  ['src/report/b.ts', 'os', 'outside-world'],
  ['src/io/a.ts', 'src/terraform/x.ts', 'room-io'],
  ['src/adapters/rds/a.ts', 'src/analysis/x.ts', 'room-adapters'],
  ['src/adapters/rds/b.ts', 'src/adapters/iam/x.ts', 'adapters-apart'],
  ['src/adapters/rds/c.ts', 'src/adapters/index.ts', 'adapters-apart'],
  ['src/adapters/shared/a.ts', 'src/adapters/rds/x.ts', 'adapters-apart'],
  ['src/analysis/a.ts', 'src/terraform/x.ts', 'room-analysis'],
  ['src/analysis/b.ts', 'src/adapters/shared/x.ts', 'room-analysis'],
  ['src/analysis/c.ts', 'node:child_process', 'outside-world'],
  ['src/analysis/d.ts', 'src/check.ts', 'room-analysis'],
  ['src/analysis/e.ts', './nowhere.ts', 'no-unresolvable'],
  ['src/analysis/f.ts', 'src/analysis/x.test.ts', 'no-import-of-tests'],
  ['src/analysis/g.ts', 'src/testing/x.ts', 'no-import-of-tests', 'room-analysis'],
  ['src/a.ts', 'src/cli/x.ts', 'room-top'],
  ['src/b.ts', 'node:http', 'outside-world'],
  ['src/cli/a.ts', 'src/check.ts', 'room-cli'],
  ['src/cli/b.ts', 'src/analysis/x.ts', 'room-cli'],
  ['src/cli/c.ts', 'src/server/x.ts', 'server-late'],
  ['src/server/a.ts', 'src/cli/x.ts', 'room-server'],
  ['src/server/b.ts', 'src/policy/x.ts', 'room-server'],
  ['src/analysis/a.test.ts', 'src/index.ts', 'room-tests'],
  ['src/misc/a.ts', 'src/model/x.ts', 'room-unknown'],
  ['src/iam/round.ts', 'src/iam/trip.ts', 'no-cycles'],
  ['modules/src/a.ts', 'src/model/x.ts', 'modules-by-the-front-door'],
  ['modules/src/b.ts', 'cdktf', 'modules-one-seam'],
];

const allowed: readonly Import[] = [
  { from: 'src/terraform/ok.ts', to: 'src/model/x.ts' },
  { from: 'src/adapters/rds/ok.ts', to: 'src/adapters/shared/x.ts' },
  { from: 'src/adapters/rds/ok2.ts', to: 'src/iam/x.ts' },
  { from: 'src/adapters/index.ts', to: 'src/adapters/rds/x.ts' },
  { from: 'src/analysis/ok.ts', to: 'src/iam/x.ts' },
  { from: 'src/analysis/ok2.ts', to: 'node:crypto' },
  { from: 'src/policy/ok.ts', to: 'declared' },
  { from: 'src/io/ok.ts', to: 'node:fs' },
  { from: 'src/check.ts', to: 'src/analysis/x.ts' },
  { from: 'src/index.ts', to: 'src/check.ts' },
  { from: 'src/cli/ok.ts', to: 'src/index.ts' },
  { from: 'src/cli/ok2.ts', to: 'dev-only' },
  { from: 'src/report/ok.ts', to: 'dev-only' },
  { from: 'src/cli/ok3.ts', to: 'src/server/x.ts', dynamic: true },
  { from: 'src/server/ok.ts', to: 'node:http' },
  { from: 'src/analysis/x.test.ts', to: 'src/terraform/x.ts' },
  { from: 'src/iam/ok.test.ts', to: 'node:fs' },
  { from: 'src/ok.test.ts', to: 'src/testing/x.ts' },
  { from: 'src/testing/ok.ts', to: 'src/check.ts' },
  { from: 'modules/src/framework.ts', to: 'cdktf' },
  { from: 'modules/src/ok.ts', to: 'src/index.ts' },
];

const rooms = ['model', 'terraform', 'iam', 'policy', 'report', 'io', 'analysis', 'cli', 'server', 'testing'];
const targets = [...rooms, 'adapters/rds', 'adapters/iam', 'adapters/shared'].map((room) => `src/${room}/x.ts`);

let folder: string;
let violations: readonly Violation[];

const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
};

/** Types only, where it can be: those are the imports that a checker of emitted code does not see. */
const writeImport = ({ from, to, dynamic = false }: Import): void => {
  const specifier = to.startsWith('src/') ? `${'../'.repeat(from.split('/').length - 1)}${to}` : to;
  const statement = dynamic
    ? `export const load = () => import('${specifier}');`
    : `import type { X } from '${specifier}';`;
  write(from, `${statement}\nexport type X = 1;\n`);
};

const plant = (): void => {
  write(
    'package.json',
    JSON.stringify({ dependencies: { declared: '1' }, devDependencies: { 'dev-only': '1', cdktf: '1' } }),
  );
  for (const name of ['declared', 'dev-only', 'undeclared', 'cdktf']) {
    write(`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' }));
    write(`node_modules/${name}/index.js`, '');
  }
  for (const path of targets) write(path, 'export type X = 1;\n');
  for (const [from, to] of breaches) writeImport({ from, to });
  for (const row of allowed) writeImport(row);
  writeImport({ from: 'src/iam/trip.ts', to: 'src/iam/round.ts' });
};

const cruise = (): readonly Violation[] => {
  const config = join(ROOT, '.dependency-cruiser.mjs');
  const args = [DEPCRUISE, '--config', config, '--output-type', 'json', 'src', 'modules'];
  const output = execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8', maxBuffer: 1e8 });
  return JSON.parse(output).summary.violations;
};

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'layers-')));
  plant();
  violations = cruise();
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const rulesBrokenBy = (path: string): string[] =>
  violations.filter(({ from }) => from === path).map(({ rule }) => rule.name);

describe('the gate reports', () => {
  test.each(breaches)('%s importing %s', (from, _to, ...rules) => {
    expect(rulesBrokenBy(from)).toEqual(rules);
  });

  test('a breach of every rule that .dependency-cruiser.mjs holds', async () => {
    const { default: config } = await import('../.dependency-cruiser.mjs' as string);
    const names: string[] = config.forbidden.map((rule: { name: string }) => rule.name);
    const planted = new Set(breaches.flatMap(([, , ...rules]) => rules));
    expect(names.filter((name) => !planted.has(name))).toEqual([]);
  });
});

describe('the gate lets pass', () => {
  test.each(allowed)('$from importing $to', ({ from }) => {
    expect(rulesBrokenBy(from)).toEqual([]);
  });
});
