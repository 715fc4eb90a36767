import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
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

/** What a name in a pull request may be. */
const hostile = ['$(touch pwned)`touch pwned`"; touch pwned; "\'; touch pwned; \'', '--version', 'x\nverdict=pass'];
const expectText = ({ code, stdout }: StepRun): void => {
  expect(code).not.toBe(0);
  expect(stdout).not.toMatch(/^\d+\.\d+\.\d+$|^Options:/m);
  expect(existsSync(join(tree, 'pwned'))).toBe(false);
};

type Action = {
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
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

  const runAction = (
    files: Readonly<Record<string, string>>,
    inputs: Readonly<Record<string, string>> = {},
    lay: () => void = () => {},
  ) => {
    rmSync(tree, { recursive: true, force: true });
    makeTree(files);
    lay();
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

  test.each<[what: string, inputs: Readonly<Record<string, string>>]>([
    ['after a usage error', { unknown: 'maybe' }],
    ['after an input that is refused', { summary: 'yes' }],
    ['where it cannot be written', { 'sarif-file': 'plan.json/x.sarif' }],
    ['where it is the plan', { 'sarif-file': 'plan.json' }],
  ])('names no SARIF that was not written: %s', (_, inputs) => {
    const stale = { 'plan.json': passing, 'rds-auth-policy.sarif': 'examples/orders/plan.json' };
    const { code, outputs } = runAction(stale, inputs);
    expect(code).toBe(2);
    expect([outputs['verdict'], outputs['sarif-file'] ?? '']).toEqual(['error', '']);
    expect(read(join(tree, 'plan.json'))).toBe(read(passing));
  });

  test('writes through no link that a pull request has laid', () => {
    const laid = (): void => symlinkSync('victim.txt', join(tree, 'rds-auth-policy.sarif'));
    const { code } = runAction({ 'plan.json': passing, 'victim.txt': 'LICENSE' }, {}, laid);
    expect(code).toBe(0);
    expect(read(join(tree, 'victim.txt'))).toBe(read('LICENSE'));
  });

  test('names it as Windows does, where Bash is that of Git', () => {
    const cygpath = join(temp, 'cygpath');
    writeFileSync(cygpath, '#!/bin/sh\n[ "$1" = -w ] && printf "D:%s" "$2" | tr / "\\\\"\n', { mode: 0o755 });
    makeTree({ 'plan.json': passing });
    const ran = runStep({ ...judge, run: `PATH="$RUNNER_TEMP:$PATH"\n${judge.run}` }, {});
    rmSync(cygpath);
    expect(ran.code).toBe(0);
    const windows = `D:${join(tree, 'rds-auth-policy.sarif')}`.replaceAll('/', '\\');
    expect(read(join(temp, 'output'))).toBe(`verdict=pass\nsarif-file=${windows}\n`);
  });

  test('has no answer where it cannot be installed', () => {
    const ran = runStep(install, { version: 'file:/nowhere/at-all.tgz' });
    expect(ran.code).not.toBe(0);
    // The step that judges is then left out: it has no outputs.
    const [, name = '', otherwise = ''] =
      /^\$\{\{ ([\w.-]+) \|\| '(\w+)' \}\}$/.exec(action.outputs['verdict']?.value ?? '') ?? [];
    expect([name, otherwise]).toEqual(['steps.judge.outputs.verdict', 'error']);
  });

  test('keeps to the limits with 300 findings', () => {
    const { stdout, summary } = runAction({ 'plan.json': 'testdata/reports/many/plan.json' });
    for (const level of ['error', 'warning', 'notice'])
      expect(stdout.match(new RegExp(`^::${level} `, 'gm'))?.length ?? 0).toBeLessThanOrEqual(10);
    expect(stdout.match(/^::error /gm)).toHaveLength(10);
    expect(Buffer.byteLength(summary)).toBeLessThan(1024 * 1024);
  });

  const names = Object.keys(action.inputs).filter((name) => !['version', 'working-directory'].includes(name));
  test.each(names)('the input %s is a text, and neither run nor an option', (name) => {
    for (const text of hostile) {
      const ran = runAction({ 'plan.json': failing }, { [name]: text });
      expectText(ran);
      expect(ran.outputs['verdict']).not.toBe('pass');
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

  test('finds nothing wrong with the workflows of this repository', () => {
    const files = readdirSync('.github/workflows');
    expect(files).toContain('release.yml');
    for (const file of files) expect(lint(read(join('.github/workflows', file)))).toBe('');
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
  type Input = { type?: string; default?: unknown; options?: readonly unknown[]; regex?: string };
  const inputs: Readonly<Record<string, Input>> = header.spec.inputs;
  const needed = { needs: ['plan'], rules: [{ when: 'on_success' }] };

  const check = (name: string, { type = 'string', options, regex }: Input, value: unknown): void => {
    if ((type === 'array') !== Array.isArray(value)) throw new Error(`${name} is no ${type}`);
    if (options?.includes(value) === false) throw new Error(`${name} has no such choice`);
    const pattern = regex?.replace('\\A', '^').replace('\\z', '$');
    if (pattern !== undefined && !new RegExp(pattern).test(String(value))) throw new Error(`${name} is no such text`);
  };

  /** As GitLab does: values are looked at, pasted into the text (a list as JSON), and the text is read then. */
  const jobWith = (given: Readonly<Record<string, unknown>>) => {
    const values = Object.entries(inputs).map(([name, input]) => {
      const value = given[name] ?? input.default;
      check(name, input, value);
      return [`inputs.${name}`, typeof value === 'string' ? value : JSON.stringify(value)];
    });
    const [job, ...others] = Object.entries<Job>(
      parse(fillIn(text.slice(text.indexOf('\n---\n') + 5), Object.fromEntries(values), /\$\[\[ ([\w.-]+) \]\]/g)),
    );
    if (job === undefined || others.length > 0) throw new Error('There is more than a job.');
    return { name: job[0], ...job[1] };
  };
  type Job = {
    readonly script: readonly string[];
    readonly variables: Readonly<Record<string, string>>;
    readonly needs: unknown;
    readonly rules: unknown;
    readonly artifacts: {
      readonly when: string;
      readonly reports: { readonly codequality: string; readonly junit: string };
    };
  };

  let installed = '';
  beforeAll(() => {
    makeTree({});
    installed = mkdtempSync(join(tmpdir(), 'rds-auth-runner-'));
    const { script, variables } = jobWith({ ...needed, version: packed.version });
    const env = { ...variables, TMPDIR: installed };
    const lines = [...script.slice(0, 2), 'echo "$tool"'].join('\n');
    const ran = runScript(['sh', '-e'], lines, tree, env, installed);
    expect([ran.code, ran.stderr]).toEqual([0, '']);
    rmSync(tree, { recursive: true });
  });
  afterAll(() => rmSync(installed, { recursive: true }));

  const judgeIn = (job: ReturnType<typeof jobWith>): StepRun => {
    const [tool = ''] = readdirSync(installed).filter((name) => name.startsWith('tmp.'));
    const lines = [`tool=${join(installed, tool)}`, ...job.script.slice(2)].join('\n');
    return runScript(['sh', '-e'], lines, tree, job.variables, installed);
  };
  afterEach(() => rmSync(tree, { recursive: true, force: true }));

  test.each<[plan: string, given: Readonly<Record<string, unknown>>, code: number]>([
    [failing, {}, 1],
    [passing, {}, 0],
    [scenario('undecided-both-schemes'), { unknown: 'fail' }, 1],
    [scenario('undecided-both-schemes'), {}, 0],
    [passing, { plan: 'none.json' }, 2],
    [passing, { context: ['none.json'] }, 2],
    [passing, { context: ['fa*.json'] }, 0],
    [passing, { source: 'none' }, 2],
    [passing, { config: 'none.yaml' }, 2],
    [passing, { 'config-only': 'none.yaml' }, 2],
    // What GitLab makes of a variable that is not there is no leave to read the tree.
    [passing, { 'config-only': '' }, 2],
    [passing, { baseline: 'none.json' }, 2],
  ])('judges %s with %j, exit code %i, and leaves both reports', (plan, given, code) => {
    makeTree({ 'plan.json': plan, 'fail.json': failing });
    const job = jobWith({ ...needed, ...given });
    const ran = judgeIn(job);
    expect(ran.code).toBe(code);
    expect(job.artifacts.when).toBe('always');
    const { codequality, junit } = job.artifacts.reports;
    // A usage error, before there is anything to report, leaves none; nor does it leave an older one.
    if (!existsSync(join(tree, junit)))
      return expect([code, ran.stderr]).toEqual([2, expect.stringContaining('error')]);
    const issues = JSON.parse(read(join(tree, codequality)));
    expect(issues.some(({ severity }: { severity: string }) => ['critical', 'blocker'].includes(severity))).toBe(
      code !== 0,
    );
    expect(read(join(tree, junit))).toMatch(/<testsuites [^>]*failures="\d+" errors="\d+"/);
  });

  test('fails whatever format the repository wants to see', () => {
    makeTree({ 'plan.json': failing });
    writeFileSync(join(tree, 'rds-auth-policy.yaml'), 'output: { format: json }\n');
    const { code, stdout } = judgeIn(jobWith(needed));
    expect([code, stdout]).toEqual([1, expect.stringMatching(/^FAIL {2}plan\.json/m)]);
  });

  const texts = Object.entries(inputs).filter(([, { regex, type }]) => regex !== undefined || type === 'array');
  const names = texts.map(([name]) => name).filter((name) => !['needs', 'rules', 'job', 'version'].includes(name));
  test.each(names)('the input %s is a text, and neither run nor an option', (name) => {
    for (const value of hostile) {
      makeTree({ 'plan.json': failing });
      const given = { ...needed, [name]: inputs[name]?.type === 'array' ? [value] : value };
      if (value.includes('\n') && inputs[name]?.type !== 'array') expect(() => jobWith(given)).toThrow('no such text');
      else expectText(judgeIn(jobWith(given)));
      rmSync(tree, { recursive: true });
    }
  });

  test('the plan of another job is there: without its name and its rules there is no pipeline', () => {
    expect(() => jobWith({ rules: needed.rules })).toThrow('needs');
    expect(() => jobWith({ needs: needed.needs })).toThrow('rules');
    expect(jobWith(needed)).toMatchObject({ name: 'rds-auth-policy', ...needed });
    expect(jobWith({ ...needed, needs: [], job: 'logins of prod' })).toMatchObject({
      name: 'logins of prod',
      needs: [],
    });
  });

  test('the page has the same rules at both jobs, and a plan where the job looks for it', () => {
    const [block = ''] = [...read('docs/gitlab.md').matchAll(/^```yaml\n([\s\S]*?)^```/gm)].map(
      ([, yaml]) => yaml ?? '',
    );
    const page = parse(block);
    const given = page.include[0].inputs;
    const job = jobWith(given);
    expect(job.needs).toEqual(['plan']);
    expect(job.rules).toEqual(page.plan.rules);
    expect(page.plan.artifacts.paths).toContain(job.variables['RDS_AUTH_PLAN']);
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

  afterEach(() => rmSync(tree, { recursive: true, force: true }));
  const publishedBy = (title = 'rds-auth-policy'): string =>
    fillIn(template.steps.at(-1).inputs.testResultsFiles, { 'parameters.title': title }).replace(
      '$(Agent.TempDirectory)',
      temp,
    );

  test.each<[plan: string, given: Readonly<Record<string, string>>, code: number, result: string]>([
    [failing, {}, 1, 'Failed'],
    [passing, {}, 0, 'Succeeded'],
    [passing, { plan: 'none.json' }, 2, 'Failed'],
    [passing, { plan: 'plan.json\nfail.json\n' }, 1, 'Failed'],
    [passing, { context: 'fail.json\nundecided.*' }, 0, 'Succeeded'],
    [scenario('undecided-both-schemes'), { unknown: 'fail' }, 1, 'Failed'],
  ])('judges %s with %j, exit code %i', (plan, given, code, result) => {
    makeTree({ 'plan.json': plan, 'fail.json': failing, 'undecided.json': scenario('undecided-both-schemes') });
    const ran = runBash(1, given);
    expect(ran.code).toBe(code);
    expect(ran.stdout).toMatch(new RegExp(`^##vso\\[task\\.complete result=${result}`, 'm'));
    const [, summary = ''] = /^##vso\[task\.uploadsummary\](.*)$/m.exec(ran.stdout) ?? [];
    expect(read(summary)).toMatch(/^## /m);
    expect(read(publishedBy())).toContain('<testsuites');
  });

  test.each<[given: Readonly<Record<string, string>>]>([
    [{ unknown: 'maybe' }],
    [{ plan: '' }],
    [{ context: 'none.json' }],
    [{ source: 'none' }],
    [{ config: 'none.yaml' }],
    [{ configOnly: 'none.yaml' }],
    [{ configOnly: '$(policies)/rds.yaml' }],
    [{ baseline: 'none.json' }],
  ])('publishes nothing of a use before it where there is no answer: %j', (given) => {
    makeTree({ 'plan.json': passing });
    expect(runBash(1, {}).code).toBe(0);
    const before = read(publishedBy());
    expect(runBash(1, given).code).toBe(2);
    expect(written(publishedBy())).not.toBe(before);
  });

  test('keeps the reports of two uses in one job apart by their titles', () => {
    makeTree({ 'plan.json': passing, 'fail.json': failing });
    expect([runBash(1, { title: 'a' }).code, runBash(1, { title: 'b', plan: 'fail.json' }).code]).toEqual([0, 1]);
    expect(read(publishedBy('a'))).toContain('failures="0"');
    expect(read(publishedBy('b'))).not.toContain('failures="0"');
  });

  const names = template.parameters
    .map((one: { name: string }) => one.name)
    .filter((name: string) => !['version', 'workingDirectory'].includes(name));
  test.each<string>(names)('the parameter %s is a text, and neither run nor an option', (name) => {
    for (const value of hostile) {
      makeTree({ 'plan.json': failing });
      expectText(runBash(1, { [name]: value }));
      rmSync(tree, { recursive: true });
    }
  });

  test('has no parameter in a script', () => {
    for (const { bash } of scripts) expect(bash).not.toContain('${{');
  });
});

describe('.github/workflows/release.yml', () => {
  const text = read('.github/workflows/release.yml');
  const { jobs, permissions } = parse(text);
  const stepsOf = (job: string): readonly { run?: string; uses?: string }[] => jobs[job].steps;

  test('pins its actions by commit, with the version beside it', () => {
    const uses = text.split('\n').filter((line) => line.includes('uses:'));
    expect(uses.length).toBe([...stepsOf('pack'), ...stepsOf('publish')].filter((step) => step.uses).length);
    for (const line of uses) expect(line).toMatch(/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  test('gives a token only to the job that installs and builds nothing', () => {
    expect(permissions).toEqual({});
    expect(jobs.pack.permissions).toEqual({ contents: 'read' });
    expect(jobs.publish).toMatchObject({ needs: 'pack', environment: 'npm', permissions: { 'id-token': 'write' } });
    const run = stepsOf('publish').flatMap((step) => step.run ?? []);
    expect(run).toEqual([expect.stringMatching(/^npm publish \.\/\S+\.tgz .*--provenance.*--ignore-scripts$/)]);
    expect(text).not.toMatch(/secrets\.|NODE_AUTH_TOKEN/);
    expect(stepsOf('pack').map((step) => step.run)).toContain('.ci/run');
  });

  const url = 'git+https://git.example.com/acme/rds-auth-policy.git';
  test.each<[what: string, tag: string, manifest: Readonly<Record<string, unknown>>, refusal: string]>([
    ['what agrees', 'v1.2.3', { version: '1.2.3', repository: { url } }, ''],
    ['another tag', 'v1.2.4', { version: '1.2.3', repository: { url } }, 'The tag is v1.2.4'],
    [
      'a version without a section',
      'v1.2',
      { version: '1.2', repository: { url } },
      'CHANGELOG.md has no section for 1.2.',
    ],
    ['no repository', 'v1.2.3', { version: '1.2.3' }, 'The repository in package.json is nowhere'],
    [
      'that of a fork',
      'v1.2.3',
      { version: '1.2.3', repository: { url: `${url}x` } },
      'The repository in package.json is',
    ],
  ])('looks first: %s', (_, tag, manifest, refusal) => {
    const folder = mkdtempSync(join(tmpdir(), 'rds-auth-release-'));
    writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
    writeFileSync(join(folder, 'CHANGELOG.md'), '## [1.2.3] - 2027-01-01\n');
    const script = stepsOf('pack').find((step) => step.run?.includes('refuse'))?.run ?? '';
    const env = {
      GITHUB_REF_NAME: tag,
      GITHUB_SERVER_URL: 'https://git.example.com',
      GITHUB_REPOSITORY: 'acme/rds-auth-policy',
    };
    const { code, stdout } = runScript(['bash', '-e'], script, folder, env, folder);
    rmSync(folder, { recursive: true });
    expect([code, stdout]).toEqual(refusal === '' ? [0, ''] : [1, expect.stringContaining(refusal)]);
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
      if (typeof value === 'string' && value !== '' && name !== 'version') expect(rows.get(name)).toBe(`\`${value}\``);
    for (const [, block = ''] of read(page).matchAll(/^ *```yaml\n([\s\S]*?)^ *```/gm)) {
      const used = parse(block);
      const names = Object.keys(used.include?.[0].inputs ?? used.steps?.at(-1).parameters ?? {});
      expect(names.filter((name) => !rows.has(name))).toEqual([]);
    }
  });
});
