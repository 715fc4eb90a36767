import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { runMain } from './run.test-support.ts';

// Plans in the binary form of terraform plan -out, with a program that shows their values, and without.

const scenario = resolve('testdata/scenarios/mistake-tls-off');

let directory = '';
let plan = '';
beforeEach(() => {
  directory = realpathSync(mkdtempSync(join(tmpdir(), 'cli-plan-')));
  plan = join(directory, 'my.tfplan');
  cpSync(`${scenario}/plan.tfplan`, plan);
});
afterEach(() => rmSync(directory, { recursive: true }));

/** A program in the place of Terraform. */
const program = (script: string): readonly string[] => {
  const path = join(directory, 'fake-terraform');
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return ['--terraform-bin', path];
};
const shows = (path = `${scenario}/plan.json`): readonly string[] => program(`cat '${path}'`);
const fails = (): readonly string[] => program('echo canary-stdout; echo "Error: canary-stderr" >&2; exit 1');

const run = async (...argv: readonly string[]) => {
  const { code, stdout, stderr } = await runMain([...argv, '--format', 'json']);
  expect(stdout + stderr).not.toContain('canary');
  const report = JSON.parse(stdout);
  const kinds = report.diagnostics.map(({ severity, code: name }: Record<string, string>) => `${severity} ${name}`);
  return { code, stderr, report, kinds, judged: report.input[0] };
};

test('its values are those that the program shows, and its source is its own', async () => {
  const { code, report, judged, kinds } = await run(plan, ...shows());
  const expected = await run(`${scenario}/plan.json`);
  expect(judged).toEqual({
    path: plan,
    kind: 'plan-binary',
    terraformVersion: '1.11.4',
    source: plan,
    role: 'judged',
  });
  expect([code, report.verdict, report.matrix]).toEqual([1, 'fail', expected.report.matrix]);
  expect(kinds).not.toContain('warning plan-values-unavailable');
});

test('with --no-source its values alone are judged', async () => {
  const { code, judged } = await run(plan, '--no-source', ...shows());
  expect([code, judged.kind, judged.source]).toEqual([1, 'plan-binary', null]);
});

test('--source goes before what it holds', async () => {
  const { judged, kinds } = await run(plan, '--source', `${scenario}/config`, ...shows());
  expect([judged.source, kinds.includes('warning source-differs')]).toEqual([`${scenario}/config`, false]);
  const other = await run(plan, '--source', 'testdata/scenarios/end-to-end-mysql-local-module/config', ...shows());
  expect(other.kinds).toContain('warning source-differs');
});

test('without its values the configuration in it is judged, with a warning', async () => {
  const { judged, report, kinds } = await run(plan, ...fails());
  expect(judged).toMatchObject({ kind: 'plan-binary', terraformVersion: '1.11.4', source: plan });
  expect(kinds[0]).toBe('warning plan-values-unavailable');
  const [{ summary, detail, origin }] = report.diagnostics;
  expect(summary).toBe(
    'The values of this plan could not be read, and its configuration is judged alone: fake-terraform show failed with exit code 1.',
  );
  expect([detail, origin]).toEqual([expect.stringContaining('terraform show -json'), { file: plan }]);
});

test.each<[string, () => readonly string[]]>([
  ['no JSON', () => program('echo canary')],
  ['a state', () => shows(resolve('testdata/lifecycle/end-to-end-modules/state.json'))],
  ['nothing', () => program('exit 0')],
])('a program that writes %s shows no values', async (_, argv) => {
  const { judged, kinds, report } = await run(plan, ...argv());
  expect([judged.kind, kinds[0]]).toEqual(['plan-binary', 'warning plan-values-unavailable']);
  expect(report.diagnostics[0].summary).toContain('no plan in JSON');
});

test.each<[string, () => readonly string[]]>([
  ['fails', fails],
  ['is not there', () => ['--terraform-bin', join(directory, 'none')]],
  ['writes something else', () => program('echo canary')],
])('with --no-source, and a program that %s, nothing is left to judge', async (_, argv) => {
  const { code, report, kinds, stderr } = await run(plan, '--no-source', ...argv());
  expect([code, report.verdict, kinds]).toEqual([2, 'error', ['error plan-values-unavailable']]);
  expect(stderr.replaceAll(/\s+/g, ' ')).toContain('there is no configuration to judge without them');
});

test('as context it completes the others', async () => {
  const { report } = await run('testdata/scenarios/row-no-proxy-rds-iam-off/plan.json', '--context', plan, ...shows());
  expect(report.input.map(({ kind, role }: Record<string, string>) => [kind, role])).toEqual([
    ['plan-json', 'judged'],
    ['plan-binary', 'context'],
  ]);
});

test('that was changed or cut off is no answer, whatever a program would show', async () => {
  const bytes = readFileSync(plan);
  for (const changed of [bytes.subarray(0, 2000), Buffer.concat([bytes, bytes])]) {
    writeFileSync(plan, changed);
    const { code, kinds, stderr } = await run(plan, ...shows());
    expect([code, kinds]).toEqual([2, ['error plan-malformed']]);
    expect(stderr).toContain('damaged');
  }
});

test('from standard input it is refused', async () => {
  const { code, stderr } = await runMain(['-'], { input: readFileSync(plan).toString('latin1') });
  expect([code, stderr.startsWith('error: ')]).toEqual([2, true]);
});

const provider = process.env['SCHEMA_PROVIDER_DIR'];
const replay = process.env['TF_REPLAY_BIN'];
const isPossible = provider !== undefined && replay !== undefined && existsSync(join(provider, 'plan.sh'));

(isPossible ? test : test.skip)(
  'Terraform itself, where the plan was made (skipped without SCHEMA_PROVIDER_DIR and TF_REPLAY_BIN)',
  async () => {
    const config = join(directory, 'config');
    cpSync(`${scenario}/config`, config, { recursive: true });
    const env = { ...process.env, TF_REPLAY_SCHEMA_DIR: join(provider ?? '', 'schemas') };
    const mirror = join(directory, 'mirror');
    writeFileSync(join(config, 'backend_override.tf'), 'terraform {\n  backend "local" {}\n}\n');
    execFileSync(replay ?? '', ['prepare', '.', join(directory, 'none'), mirror], { cwd: config, env });
    const own = {
      ...env,
      TF_CLI_CONFIG_FILE: join(mirror, 'cli.tfrc'),
      TF_REPLAY_CONFIG_DIRS: readFileSync(join(mirror, 'dirs'), 'utf8'),
      AWS_REGION: 'us-east-1',
    };
    const terraform = (...argv: readonly string[]) =>
      execFileSync('terraform', argv, { cwd: config, env: own, stdio: ['ignore', 'ignore', 'pipe'] });
    terraform('init', '-input=false');
    terraform('plan', '-input=false', '-out=my.tfplan');
    const made = join(config, 'my.tfplan');
    const { code, stdout } = await runMain([made, '--format', 'json'], { env: own });
    const report = JSON.parse(stdout);
    expect(report.input).toMatchObject([{ kind: 'plan-binary', source: made }]);
    const codes = report.diagnostics.map(({ code: name }: { code: string }) => name);
    expect([code, report.verdict, codes.includes('plan-values-unavailable')]).toEqual([1, 'fail', false]);
  },
  60_000,
);
