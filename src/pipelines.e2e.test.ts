import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse, parseAllDocuments, stringify } from 'yaml';
import { type StepRun, fillIn, packStandalone, runScript } from './testing/run-steps.ts';

// The steps of action.yml, and of the templates in deploy/, are run as they are written.

const read = (path: string): string => readFileSync(path, 'utf8');
const scenario = (name: string): string => `testdata/scenarios/${name}/plan.json`;
const failing = scenario('mistake-tls-off');
const passing = scenario('row-no-proxy-rds-iam-off');

let packed = { version: '', folder: '' };
let tree = '';
let temp = '';
beforeAll(() => {
  packed = packStandalone();
});
afterAll(() => rmSync(packed.folder, { recursive: true }));

/** A repository, in which a pull request has named a registry of its own. */
const makeTree = (files: Readonly<Record<string, string>>): void => {
  tree = mkdtempSync(join(tmpdir(), 'rds-auth-tree-'));
  mkdirSync(join(tree, '.git'));
  writeFileSync(join(tree, '.npmrc'), 'registry=http://127.0.0.1:9/\nprefix=/nowhere\n');
  for (const [path, from] of Object.entries(files)) cpSync(from, join(tree, path));
};
const written = (path: string): string => (existsSync(path) ? read(path) : '');

type Action = {
  readonly inputs: Readonly<Record<string, { readonly default: string; readonly description: string }>>;
  readonly runs: { readonly steps: readonly ActionStep[] };
};
type ActionStep = {
  readonly run: string;
  readonly shell: string;
  readonly env: Readonly<Record<string, string>>;
  readonly 'working-directory': string;
};
const action: Action = parse(read('action.yml'));
const [install, judge] = action.runs.steps as readonly [ActionStep, ActionStep];

describe('action.yml', () => {
  beforeAll(() => {
    temp = mkdtempSync(join(tmpdir(), 'rds-auth-runner-'));
    makeTree({});
    const ran = runStep(install, { version: packed.version });
    expect([ran.code, ran.stderr]).toEqual([0, '']);
  });
  afterAll(() => rmSync(temp, { recursive: true }));

  const runStep = (step: ActionStep, inputs: Readonly<Record<string, string>>): StepRun => {
    const defaults = Object.entries(action.inputs).map(([name, input]) => [`inputs.${name}`, input.default]);
    const given = Object.entries(inputs).map(([name, value]) => [`inputs.${name}`, value]);
    const values = {
      'runner.temp': temp,
      'github.action_path': resolve('.'),
      ...Object.fromEntries([...defaults, ...given]),
    };
    const env = Object.fromEntries(Object.entries(step.env).map(([name, text]) => [name, fillIn(text, values)]));
    const files = { GITHUB_OUTPUT: join(temp, 'output'), GITHUB_STEP_SUMMARY: join(temp, 'summary.md') };
    for (const file of Object.values(files)) writeFileSync(file, '');
    const directory = resolve(tree, fillIn(step['working-directory'], values));
    const bash = ['bash', '--noprofile', '--norc', '-eo', 'pipefail'];
    return runScript(bash, step.run, directory, { ...env, ...files, RUNNER_TEMP: temp }, temp);
  };

  const runAction = (files: Readonly<Record<string, string>>, inputs: Readonly<Record<string, string>> = {}) => {
    rmSync(tree, { recursive: true, force: true });
    makeTree(files);
    const ran = runStep(judge, inputs);
    const outputs = Object.fromEntries(
      written(join(temp, 'output'))
        .trim()
        .split('\n')
        .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
    );
    return { ...ran, outputs, summary: written(join(temp, 'summary.md')) };
  };

  test('in one line: annotations, the summary of the job, SARIF, and a failed job', () => {
    const files = { 'plan.json': 'examples/orders/plan.json', 'main.tf': 'examples/orders/main.tf' };
    const policy = 'connect-arn-not-resource-id';
    const { code, stdout, outputs, summary } = runAction(files);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^::error file=main\.tf,line=\d+,[^\n]*title=[^\n]*connect-arn-not-resource-id/m);
    expect(stdout).toMatch(/^rds-auth-policy: FAIL\b/m);
    expect(summary).toMatch(/^## \S+ FAIL/mu);
    expect(outputs).toEqual({ verdict: 'fail', 'sarif-file': join(tree, 'rds-auth-policy.sarif') });
    const sarif = JSON.parse(read(outputs['sarif-file'] ?? ''));
    expect(sarif.runs[0].results.map(({ ruleId }: { ruleId: string }) => ruleId)).toContain(policy);
  });

  test.each<[name: string, inputs: Readonly<Record<string, string>>, code: number, verdict: string]>([
    ['a plan that passes', { plan: 'pass.json' }, 0, 'pass'],
    ['findings that fail nothing', { plan: 'fail.json', 'fail-on-findings': 'false' }, 0, 'fail'],
    ['no such plan', { plan: 'none.json' }, 2, 'error'],
    ['no such plan, where findings fail nothing', { plan: 'none.json', 'fail-on-findings': 'false' }, 2, 'error'],
    ['two plans, a line each', { plan: 'pass.json\r\nfail.json\n' }, 1, 'fail'],
    ['no plan', { plan: '' }, 2, 'error'],
    ['a context', { plan: 'pass.json', context: 'state.json\n*.state.json' }, 2, 'error'],
    ['a context that is there', { plan: 'pass.json', context: 'fa*.json' }, 0, 'pass'],
    ['a directory', { plan: 'configuration', sarif: '' }, 1, 'fail'],
    ['another directory', { plan: 'main.tf', 'working-directory': 'configuration' }, 2, 'error'],
    ['a configuration that is not there', { plan: 'pass.json', config: 'none.yaml' }, 2, 'error'],
    ['an only configuration that is not there', { plan: 'pass.json', 'config-only': 'none.yaml' }, 2, 'error'],
    ['a source that is not there', { plan: 'pass.json', source: 'none' }, 2, 'error'],
    ['a baseline that is not there', { plan: 'pass.json', baseline: 'none.json' }, 2, 'error'],
    ['what is undecided', { plan: 'undecided.json' }, 0, 'pass'],
    ['what is undecided and fails', { plan: 'undecided.json', unknown: 'fail' }, 1, 'fail'],
    ['an unknown choice', { plan: 'pass.json', unknown: 'maybe' }, 2, 'error'],
    ['neither true nor false', { plan: 'pass.json', summary: 'yes' }, 2, 'error'],
  ])('%s', (_, inputs, code, verdict) => {
    const files = {
      'pass.json': passing,
      'fail.json': failing,
      'undecided.json': scenario('undecided-both-schemes'),
      'configuration/main.tf': 'examples/orders/main.tf',
    };
    const ran = runAction(files, inputs);
    expect([ran.code, ran.outputs['verdict']]).toEqual([code, verdict]);
  });

  test('writes neither summary nor SARIF where they are not wanted', () => {
    const { outputs, summary } = runAction({ 'plan.json': passing }, { summary: 'false', 'sarif-file': '' });
    expect(outputs).toEqual({ verdict: 'pass', 'sarif-file': '' });
    expect(summary).toBe('');
    expect(readdirSync(tree).sort()).toEqual(['.git', '.npmrc', 'plan.json']);
  });

  test('keeps to the limits with 300 findings', () => {
    const { stdout, summary } = runAction({ 'plan.json': 'testdata/reports/many/plan.json' });
    for (const level of ['error', 'warning', 'notice'])
      expect(stdout.match(new RegExp(`^::${level} `, 'gm'))?.length ?? 0).toBeLessThanOrEqual(10);
    expect(stdout.match(/^::error /gm)).toHaveLength(10);
    expect(Buffer.byteLength(summary)).toBeLessThan(1024 * 1024);
  });

  const hostile = ['$(touch pwned)`touch pwned`"; touch pwned; "\'; touch pwned; \'', '--version', 'x\nverdict=pass'];
  const names = Object.keys(action.inputs).filter((name) => !['version', 'working-directory'].includes(name));
  test.each(names)('the input %s is a text, and neither run nor an option', (name) => {
    for (const text of hostile) {
      const { code, stdout, outputs } = runAction({ 'plan.json': failing }, { [name]: text });
      expect(code).not.toBe(0);
      expect(outputs['verdict']).not.toBe('pass');
      expect(stdout).not.toMatch(/^\d+\.\d+\.\d+$|^Options:/m);
      expect(existsSync(join(tree, 'pwned'))).toBe(false);
    }
  });

  test('has no expression in a script', () => {
    for (const { run } of action.runs.steps) expect(run).not.toContain('${{');
  });

  test('installs its own version where none is named', () => {
    const npm = join(temp, 'npm');
    writeFileSync(npm, '#!/bin/sh\nprintf "%s\\n" "$@"\n', { mode: 0o755 });
    const script = { ...install, run: `PATH="$RUNNER_TEMP:$PATH"\n${install.run}` };
    const { code, stdout } = runStep(script, {});
    rmSync(npm);
    expect(code).toBe(0);
    expect(stdout).toMatch(new RegExp(`^rds-auth-policy@${JSON.parse(read('package.json')).version}$`, 'm'));
  });
});

const actionlint = 'node_modules/.cache/pipelines/actionlint';
const withActionlint = existsSync(actionlint) ? describe : describe.skip;

withActionlint('actionlint', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'rds-auth-lint-'));
    mkdirSync(join(folder, '.github/workflows'), { recursive: true });
    mkdirSync(join(folder, '.git'));
    cpSync('action.yml', join(folder, 'action.yml'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const lint = (workflow: unknown): string => {
    const file = join(folder, '.github/workflows/test.yml');
    writeFileSync(file, typeof workflow === 'string' ? workflow : stringify(workflow));
    const { stdout, stderr, status } = spawnSync(resolve(actionlint), ['-no-color', file], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect([0, 1]).toContain(status);
    return stdout + stderr;
  };
  const workflowOf = (steps: readonly unknown[], on: unknown = 'push') => ({
    on,
    jobs: { judge: { 'runs-on': 'ubuntu-latest', steps } },
  });
  const everyInput = Object.fromEntries(Object.keys(action.inputs).map((name) => [name, 'x']));

  test('reads the action, and knows its inputs and outputs', () => {
    const use = { id: 'rds', uses: './', with: everyInput };
    const show = { run: 'echo "$VERDICT"', env: { VERDICT: '${{ steps.rds.outputs.verdict }}' } };
    expect(lint(workflowOf([use, show]))).toBe('');
    expect(lint(workflowOf([{ uses: './', with: { nonsense: 'x' } }]))).toContain('nonsense');
    const wrong = { run: 'echo "$V"', env: { V: '${{ steps.rds.outputs.nonsense }}' } };
    expect(lint(workflowOf([use, wrong]))).toContain('nonsense');
  });

  test('finds nothing wrong with its steps', () => {
    const inputs = Object.fromEntries(Object.keys(action.inputs).map((name) => [name, { type: 'string' }]));
    expect(lint(workflowOf(action.runs.steps, { workflow_call: { inputs } }))).toBe('');
  });

  test.each(['docs/github-actions.md', 'docs/reports.md'])('finds nothing wrong with the workflows of %s', (file) => {
    const blocks = [...read(file).matchAll(/^```yaml\n([\s\S]*?)^```/gm)].map(([, block = '']) => block);
    const workflows = blocks.filter((block) => /^\s*- uses: |^on:/m.test(block));
    expect(workflows.length).toBeGreaterThan(0);
    for (const block of workflows) {
      const { permissions, steps, ...rest } = parse(block);
      const whole =
        steps === undefined ? block : { ...rest, ...workflowOf(steps), ...(permissions && { permissions }) };
      expect(lint(whole)).toBe('');
    }
  });
});

describe('deploy/gitlab/rds-auth-policy.yml', () => {
  const text = read('deploy/gitlab/rds-auth-policy.yml');
  const [header] = parseAllDocuments(text).map((document) => document.toJS());
  const inputs: Readonly<Record<string, { default: unknown }>> = header.spec.inputs;

  const jobWith = (given: Readonly<Record<string, string>>) => {
    const values = Object.fromEntries(
      Object.entries(inputs).map(([name, { default: value }]) => [
        `inputs.${name}`,
        given[name] ?? JSON.stringify(value),
      ]),
    );
    return parse(fillIn(text.slice(text.indexOf('\n---\n') + 5), values, /\$\[\[ ([\w.-]+) \]\]/g))['rds-auth-policy'];
  };

  let installed = '';
  beforeAll(() => {
    makeTree({});
    installed = mkdtempSync(join(tmpdir(), 'rds-auth-runner-'));
    const { script, variables } = jobWith({ version: packed.version });
    const env = { ...variables, TMPDIR: installed };
    const lines = [...script.slice(0, 2), 'echo "$tool"'].join('\n');
    const ran = runScript(['sh', '-e'], lines, tree, env, installed);
    expect([ran.code, ran.stderr]).toEqual([0, '']);
    rmSync(tree, { recursive: true });
  });
  afterAll(() => rmSync(installed, { recursive: true }));

  test.each([
    [failing, {}, 1],
    [passing, {}, 0],
    [scenario('undecided-both-schemes'), { unknown: 'fail' }, 1],
    [passing, { plan: 'none.json' }, 2],
  ])('judges %s with %j, exit code %i, and leaves both reports', (plan, given, code) => {
    makeTree({ 'plan.json': plan });
    const job = jobWith(given);
    const [tool = ''] = readdirSync(installed).filter((name) => name.startsWith('tmp.'));
    const lines = [`tool=${join(installed, tool)}`, ...job.script.slice(2)].join('\n');
    const ran = runScript(['sh', '-e'], lines, tree, job.variables, installed);
    expect(ran.code).toBe(code);
    const { codequality, junit } = job.artifacts.reports;
    const issues = JSON.parse(read(join(tree, codequality)));
    expect(issues.some(({ severity }: { severity: string }) => ['critical', 'blocker'].includes(severity))).toBe(
      code !== 0,
    );
    expect(read(join(tree, junit))).toMatch(/<testsuites [^>]*failures="\d+" errors="\d+"/);
    expect(job.artifacts.when).toBe('always');
    rmSync(tree, { recursive: true });
  });

  test('has no input in a script', () => {
    expect(text.slice(text.indexOf('script:'))).not.toContain('$[[');
  });
});

describe('deploy/azure-devops/rds-auth-policy.yml', () => {
  const template = parse(read('deploy/azure-devops/rds-auth-policy.yml'));
  const scripts: readonly { bash: string; env: Readonly<Record<string, string>> }[] = template.steps.filter(
    (step: Readonly<Record<string, unknown>>) => 'bash' in step,
  );

  const runBash = (index: number, given: Readonly<Record<string, string>>): StepRun => {
    const defaults = template.parameters.map((one: { name: string; default: string }) => [one.name, one.default]);
    const values = Object.fromEntries(
      [...defaults, ...Object.entries(given)].map(([name, value]) => [`parameters.${name}`, String(value)]),
    );
    const { bash = '', env = {} } = scripts[index] ?? {};
    const filled = Object.entries(env).map(([name, text]) => [name, fillIn(text, values)]);
    return runScript(['bash'], bash, tree, { ...Object.fromEntries(filled), AGENT_TEMPDIRECTORY: temp }, temp);
  };

  beforeAll(() => {
    temp = mkdtempSync(join(tmpdir(), 'rds-auth-runner-'));
    makeTree({});
    const ran = runBash(0, { version: packed.version });
    expect([ran.code, ran.stderr]).toEqual([0, '']);
    rmSync(tree, { recursive: true });
  });
  afterAll(() => rmSync(temp, { recursive: true }));

  test.each([
    [failing, {}, 1, 'Failed'],
    [passing, {}, 0, 'Succeeded'],
    [passing, { plan: 'none.json' }, 2, 'Failed'],
  ])('judges %s with %j, exit code %i', (plan, given, code, result) => {
    makeTree({ 'plan.json': plan });
    const ran = runBash(1, given);
    expect(ran.code).toBe(code);
    expect(ran.stdout).toMatch(new RegExp(`^##vso\\[task\\.complete result=${result}`, 'm'));
    const [, summary = ''] = /^##vso\[task\.uploadsummary\](.*)$/m.exec(ran.stdout) ?? [];
    expect(read(summary)).toMatch(/^## /m);
    const published = template.steps.at(-1).inputs.testResultsFiles.replace('$(Agent.TempDirectory)', temp);
    expect(read(published)).toContain('<testsuites');
    rmSync(tree, { recursive: true });
  });

  test('has no parameter in a script', () => {
    for (const { bash } of scripts) expect(bash).not.toContain('${{');
  });
});

describe('the pages', () => {
  const { version } = JSON.parse(read('package.json'));
  const rowsOf = (file: string): ReadonlyMap<string, string> =>
    new Map(
      [...(read(file).split('| output |')[0] ?? '').matchAll(/^\| `([\w-]+)` \|([^|]*)\|/gm)].map(
        ([, name = '', value = '']) => [name, value.trim()],
      ),
    );

  test('name the inputs of the action, with their defaults', () => {
    const rows = rowsOf('docs/github-actions.md');
    expect([...rows.keys()]).toEqual(Object.keys(action.inputs));
    for (const [name, input] of Object.entries(action.inputs)) {
      if (input.default !== '') expect(rows.get(name)).toBe(`\`${input.default}\``);
    }
    const uses = [...read('docs/github-actions.md').matchAll(/rds-auth-policy@v(\S+)/g)].map(([, used]) => used);
    expect(new Set(uses)).toEqual(new Set([version]));
  });

  test.each([
    ['docs/gitlab.md', 'deploy/gitlab/rds-auth-policy.yml', 'inputs'],
    ['docs/azure-devops.md', 'deploy/azure-devops/rds-auth-policy.yml', 'parameters'],
  ])('%s names what %s takes', (page, file, key) => {
    const rows = rowsOf(page);
    const [first] = parseAllDocuments(read(file)).map((document) => document.toJS());
    const given: readonly (readonly [string, unknown])[] =
      key === 'inputs'
        ? Object.entries<{ default: unknown }>(first.spec.inputs).map(([name, input]) => [name, input.default])
        : first.parameters.map((one: { name: string; default: unknown }) => [one.name, one.default]);
    expect([...rows.keys()].sort()).toEqual(given.map(([name]) => name).sort());
    expect(Object.fromEntries(given)['version']).toBe(version);
    for (const [name, value] of given)
      if (typeof value === 'string' && name !== 'version') expect(rows.get(name)).toBe(`\`${value}\``);
    for (const [, block = ''] of read(page).matchAll(/^```yaml\n([\s\S]*?)^```/gm)) {
      const used = parse(block);
      const names = Object.keys(used.include?.[0].inputs ?? used.steps?.at(-1).parameters ?? {});
      expect(names.filter((name) => !rows.has(name))).toEqual([]);
    }
  });
});
