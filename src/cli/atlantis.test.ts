import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { type Answer, type Step, regimes } from '../testing/atlantis-regimes.ts';
import { type Run, runMain } from '../testing/run-main.ts';

const scenario = (name: string): string => `testdata/scenarios/${name}/plan.json`;
const passing = scenario('row-no-proxy-rds-iam-off');
const failing = scenario('mistake-tls-off');
const undecided = scenario('undecided-both-schemes');
const format = ['--format', 'atlantis', '--set', 'reachability'];

type Answers = readonly [at026: Answer, at033: Answer, at047: Answer, at047WithoutPolicySets: Answer];

const answersTo = (step: Omit<Step, 'policySets'>): readonly Answer[] => [
  ...regimes.map(({ read }) => read({ ...step, policySets: true })),
  ...regimes.slice(-1).map(({ read }) => read({ ...step, policySets: false })),
];

const allPass: Answers = ['passes', 'passes', 'passes', 'passes'];
const allFail: Answers = ['fails', 'fails', 'fails', 'fails'];
const refused: Answers = ['fails', 'error', 'error', 'passes'];
const silent: Answers = ['error', 'error', 'error', 'passes'];
const crashed: Answers = ['passes', 'error', 'error', 'passes'];

// Of Atlantis itself, measured on 0.47.1, and read in the source of the others.
describe('Atlantis, of the text of a step', () => {
  const nothing = ['error', 'error', 'error', 'passes'] as const;
  test.each<[output: string, exitCode: number, answers: Answers]>([
    ['FAIL - x', 0, allFail],
    ['3 tests, 2 passed, 0 warnings, 1 failure, 0 exceptions', 0, allFail],
    ['noise\nFAIL - x', 0, ['fails', 'fails', 'passes', 'passes']],
    ['1 violation', 0, allPass],
    ['10 failures', 0, allFail],
    ['0 failures', 0, ['fails', 'fails', 'passes', 'passes']],
    ['FA\u0130L', 0, ['fails', 'fails', 'passes', 'passes']],
    ['note: aws_rds_cluster.failover ok', 0, ['fails', 'fails', 'passes', 'passes']],
    ['FAIL - 1 failure', 1, refused],
    ['anything', 2, crashed],
    ['', 0, nothing],
    ['', 1, nothing],
  ])('%j, exit code %i', (output, exitCode, answers) => {
    expect(answersTo({ output, exitCode })).toEqual(answers);
  });
});

describe('Atlantis, of what is printed of', () => {
  const judge = async (words: readonly string[], input = ''): Promise<Omit<Step, 'policySets'>> => {
    const { code, stdout, stderr } = await runMain([...words, ...format], input);
    return { output: stderr + stdout, exitCode: code };
  };

  test.each<[name: string, words: readonly string[], answers: Answers]>([
    ['a plan that passes', [passing], allPass],
    ['a plan without a database', ['testdata/adapters/vpc/plan.json'], allPass],
    ['one finding', [failing], allFail],
    ['300 findings', ['testdata/reports/many/plan.json'], allFail],
    ['two plans, one of which fails', [passing, failing], allFail],
    ['what is undecided', [undecided, '--no-source'], allPass],
    ['what is undecided and fails', [undecided, '--no-source', '--unknown=fail'], allFail],
    ['no such file', ['none.json'], refused],
    ['a plan that fails and no such file', [failing, 'none.json'], refused],
    ['what is no plan', ['package.json'], refused],
    ['no such option', [failing, '--nonsense'], refused],
    ['no such policy', [failing, '--only', 'nonsense'], refused],
    ['no such configuration', [failing, '--config-only', 'none.yaml'], refused],
    ['no SHOWFILE', [], refused],
  ])('%s', async (_, words, answers) => {
    expect(answersTo(await judge(words))).toEqual(answers);
  });

  test.each<[name: string, step: Omit<Step, 'policySets'>, answers: Answers]>([
    ['a program that is not there', { output: 'sh: rds-auth-policy: not found\n', exitCode: 127 }, crashed],
    ['a crash', { output: 'RangeError: Maximum call stack size exceeded\n', exitCode: 1 }, crashed],
    ['a program that is killed', { output: '', exitCode: 137 }, silent],
  ])('%s', (_, step, answers) => {
    expect(answersTo(step)).toEqual(answers);
  });

  const names = ['failover', 'FAIL', 'x_1_failure', 'no_failures', 'fa\u0130l'];
  const advised = readFileSync(scenario('password-mariadb-jsonencode-for-each'), 'utf8');
  test.each(names)('a plan that passes, with advice on what is called %s', async (name) => {
    const { code, stdout, stderr } = await runMain(
      ['-', '--format', 'atlantis'],
      advised.replaceAll(/\bmain\b/g, name).replaceAll('[\\"app\\"]', '[\\"3 failures\\"]'),
    );
    expect(stdout).toMatch(/^and \d more warnings, not listed\nPASS - /m);
    expect(answersTo({ output: stderr + stdout, exitCode: code })).toEqual(allPass);
  });

  test.each(names)('a plan that fails, of what is called %s', async (name) => {
    const plan = readFileSync(failing, 'utf8').replaceAll(/\bmain\b/g, name);
    const step = await judge(['-'], plan);
    expect(step.output.startsWith('FAIL - reachability - ')).toBe(true);
    expect(step.output).toContain(`aws_db_proxy.${name}`);
    expect(answersTo(step)).toEqual(allFail);
  });
});

describe('approvals by (?m)^FAIL.*', () => {
  const itemsOf = async (...words: readonly string[]): Promise<readonly string[]> =>
    [...(await runMain([...words, ...format])).stdout.matchAll(/^FAIL.*/gm)].map(([item]) => item);

  test('are for one line each, the same of the same plan', async () => {
    const items = await itemsOf('testdata/reports/many/plan.json');
    expect(items).toHaveLength(51);
    expect(new Set(items).size).toBe(51);
    expect(await itemsOf('testdata/reports/many/plan.json')).toEqual(items);
  });

  test('cover nothing that another plan has', async () => {
    const approved = new Set(await itemsOf(failing));
    const other = await itemsOf(scenario('mistake-no-auth'));
    expect(approved.size).toBeGreaterThan(0);
    expect(other.filter((item) => !approved.has(item))).toEqual(other);
  });

  test('cover no line that is cut and ends otherwise', async () => {
    const plan = readFileSync(failing, 'utf8');
    const named = async (end: string): Promise<readonly string[]> => {
      const { stdout } = await runMain(['-', ...format], plan.replaceAll(/\bmain\b/g, `${'x'.repeat(480)}${end}`));
      return [...stdout.matchAll(/^FAIL.*/gm)].map(([item]) => item);
    };
    const [one = '', other = ''] = [await named('A'), await named('B')].flat();
    expect([Buffer.byteLength(one), one.slice(0, 450) === other.slice(0, 450)]).toEqual([500, true]);
    expect(one).not.toBe(other);
    expect(await named('A')).toEqual([one]);
  });
});

/** What `policies` of the server may hold: `server/core/config/raw/policies.go`, which takes no other key. */
const policyKeys: readonly (readonly [since: string, keys: readonly string[]])[] = [
  ['0.26', ['approve_count', 'conftest_version', 'owners', 'policy_sets']],
  ['0.33', ['prevent_self_approve']],
  ['0.44', ['sticky_policy_approvals', 'policy_item_regex']],
];

describe('docs/atlantis.md', () => {
  const text = readFileSync('docs/atlantis.md', 'utf8');
  const [repos, withoutApprovals] = [...text.matchAll(/^```yaml\n([\s\S]*?)^```/gm)].map(([, block = '']) =>
    parse(block),
  );
  const server = '/etc/atlantis/rds-auth-policy.yaml';

  let tree = '';
  beforeAll(() => {
    tree = mkdtempSync(join(tmpdir(), 'rds-auth-atlantis-'));
    mkdirSync(join(tree, '.git'));
    cpSync(failing, join(tree, 'default.json'));
    writeFileSync(join(tree, 'rds-auth-policy.yaml'), 'rules:\n  - policy: "*"\n    enforcement: off\n');
    writeFileSync(join(tree, 'server.yaml'), 'sets: [reachability]\n');
  });
  afterAll(() => rmSync(tree, { recursive: true }));

  /** As the step of the documented workflow runs, with the file of the server in the test's own place. */
  const runStep = (command: string, env: Readonly<Record<string, string>>): Promise<Run> => {
    const [program, ...words] = command.replaceAll('"', '').split(' ');
    expect(program).toBe('rds-auth-policy');
    const given = words.map((word) => (word === server ? join(tree, 'server.yaml') : (env[word.slice(1)] ?? word)));
    return runMain(given, '', env);
  };

  test('has a check with one step that prints for each policy set, and no override of it', () => {
    const [repository] = repos.repos;
    expect(repository).toMatchObject({ policy_check: true, custom_policy_check: true, workflow: 'rds' });
    expect(repository).not.toHaveProperty('allowed_overrides');
    const printing = repos.workflows.rds.policy_check.steps.filter((step: unknown) => step !== 'show');
    expect(printing).toHaveLength(repos.policies.policy_sets.length);
    for (const set of repos.policies.policy_sets)
      expect(set).toEqual({ name: expect.any(String), path: expect.any(String), source: 'local' });
    expect(repos.policies.policy_item_regex).toBe('(?m)^FAIL.*');
    const since = (key: string) => policyKeys.find(([, keys]) => keys.includes(key))?.[0];
    const marked = Object.keys(repos.policies).filter((key) => since(key) === '0.44');
    expect(Object.keys(repos.policies).map(since)).not.toContain(undefined);
    for (const key of Object.keys(repos.policies))
      expect([key, new RegExp(`^  ${key}: .*# from version 0\\.44 on$`, 'm').test(text)]).toEqual([
        key,
        marked.includes(key),
      ]);
    expect(repos.policies.sticky_policy_approvals).toBe(true);
  });

  test('its step fails the plan, whatever the configuration of the pull request says', async () => {
    const [, { run: command }] = repos.workflows.rds.policy_check.steps;
    const env = { SHOWFILE: join(tree, 'default.json') };
    const { code, stdout, stderr } = await runStep(command, env);
    expect(answersTo({ output: stderr + stdout, exitCode: code })).toEqual(allFail);
    const relaxed = await runStep(command.replace(/ --config-only \S+/, ''), env);
    expect(answersTo({ output: relaxed.stdout, exitCode: relaxed.code })).toEqual(allPass);
  });

  test('a step of the plan fails by its exit code', async () => {
    const command = withoutApprovals.workflows.rds.plan.steps.at(-1).run;
    expect((await runStep(command, { SHOWFILE: join(tree, 'default.json') })).code).toBe(1);
  });

  test('a remote run has no plan, which is an error', async () => {
    const [, { run: command }] = repos.workflows.rds.policy_check.steps;
    const { code, stdout, stderr } = await runStep(command, { SHOWFILE: join(tree, 'remote.json') });
    expect(answersTo({ output: stderr + stdout, exitCode: code })).toEqual(refused);
  });

  test('its table says what the rules say', () => {
    const rows = [...text.matchAll(/^\| ([^|]+?) \| ([^|]+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$/gm)].slice(1);
    const shown = new Map(rows.map(([, name, ...cells]) => [name, cells.map((cell) => cell.replaceAll('*', ''))]));
    expect(Object.fromEntries(shown)).toEqual({
      'the plan passes, or has no database in it': allPass,
      'it fails': allFail,
      'something is undecided': allPass,
      'something is undecided, with `--unknown fail`': allFail,
      'the plan, the configuration or a policy cannot be read': refused,
      'the program is ended for want of memory, and prints nothing': silent,
      'the program crashes': crashed,
      'the program is not there': crashed,
    });
  });
});
