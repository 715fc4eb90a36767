import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { main } from './main.ts';

const scenario = (name: string): string => `testdata/scenarios/${name}/plan.json`;
const broken = scenario('mistake-tls-off');
const working = scenario('row-no-proxy-rds-iam-off');

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'main-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

const file = (name: string, content: unknown): string => {
  const path = join(directory, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};

const run = async (argv: readonly string[], { input = '', env = {}, isTTY = false } = {}) => {
  const written = { stdout: '', stderr: '' };
  const output = (name: 'stdout' | 'stderr') => ({
    write: (text: string) => {
      written[name] += text;
    },
    isTTY,
  });
  const stdin = (async function* () {
    yield input;
  })();
  const code = await main(argv, { stdin, stdout: output('stdout'), stderr: output('stderr'), env });
  return { code, ...written };
};

const noDatabase = { format_version: '1.2', terraform_version: '1.11.4', resource_changes: [] };

describe('exit codes', () => {
  test.each([
    ['a plan that works', [working], 0],
    ['a plan that does not', [broken], 1],
    ['the worst of several', [working, broken], 1],
    ['no such file', ['none.json'], 2],
    ['one of several that cannot be read', [broken, 'none.json'], 2],
    ['wrong usage', [working, '--formt'], 2],
    ['no such policy', [working, '--only', 'nonsense'], 2],
    ['no such folder of policies', [working, '--policies', 'none'], 2],
    ['no such context', [working, '--context', 'none/*.json'], 2],
    ['settings of a plan that does not work', ['matrix', broken], 0],
    ['settings of nothing', ['matrix', 'none.json'], 2],
    ['help', ['--help'], 0],
    ['version', ['--version'], 0],
  ])('%s', async (_, argv, code) => {
    for (const format of ['pretty', 'json', 'markdown']) {
      expect(await run([...argv, ...(code === 2 ? ['--format', format] : [])])).toMatchObject({ code });
    }
  });

  test('what is undecided fails only when asked to', async () => {
    const plan = scenario('undecided-both-schemes');
    const { code, stdout } = await run([plan, '--no-source', '--format', 'json']);
    const { findings } = JSON.parse(stdout);
    const isUndecided = findings.some((finding: { outcome: string }) => finding.outcome === 'unknown');
    expect([code, isUndecided]).toEqual([0, true]);
    const strict = await run([plan, '--no-source', '--format', 'json', '--unknown=fail']);
    expect([strict.code, JSON.parse(strict.stdout).verdict]).toEqual([1, 'fail']);
  });

  test('a plan without database and proxy is one line', async () => {
    const { code, stdout, stderr } = await run(['-'], { input: JSON.stringify(noDatabase) });
    expect([code, stdout, stderr]).toEqual([
      0,
      'PASS  standard input: no database and no proxy, so nothing to check.\n',
      '',
    ]);
  });
});

describe('what is printed where', () => {
  test('a refusal is a sentence on standard error, and in JSON a report as well', async () => {
    const pretty = await run(['none.json']);
    expect(pretty.stdout).toBe('');
    expect(pretty.stderr).toBe(
      'error: none.json: There is no such file.\n  Look at the path, and the current directory.\n',
    );
    const json = await run(['none.json', '--format', 'json']);
    expect(json.stderr).toBe(pretty.stderr);
    expect(JSON.parse(json.stdout)).toMatchObject({
      verdict: 'error',
      input: [],
      diagnostics: [{ code: 'input-not-found' }],
    });
  });

  test.each([['--format', 'json'], ['--format=json']])('wrong usage with %s %s', async (...format) => {
    const { stdout } = await run([working, '--nonsense', ...format]);
    expect(JSON.parse(stdout)).toMatchObject({ verdict: 'error', diagnostics: [{ code: 'usage-invalid' }] });
  });

  test('Markdown and SARIF hold an error as well', async () => {
    const { code, stdout, stderr } = await run(['none.json', '--format', 'markdown']);
    expect([code, stderr]).toEqual([2, (await run(['none.json'])).stderr]);
    expect(stdout).toMatch(
      /^## ⚠️ ERROR\n\n\*\*The question could not be answered\.\*\*\n\n\*\*error:\*\* `none\.json`: /,
    );
    const sarif = JSON.parse((await run(['none.json', '--format', 'sarif'])).stdout);
    expect(sarif.runs).toMatchObject([{ invocations: [{ executionSuccessful: false }] }]);
    expect(sarif.runs[0]).not.toHaveProperty('results');
  });

  test.each([
    // What the command does not write is not obeyed.
    [['matrix', working, '--format', 'sarif'], ''],
    [['graph', working, '--format', 'html'], ''],
    [[working, '--nonsense', '--format', 'sarif'], '"usage-invalid"'],
    [[working, '--nonsense', '--format=markdown'], 'ERROR'],
    [[working, '--nonsense', '--format', 'pretty'], ''],
  ])('wrong usage of %j', async (argv, said) => {
    const { code, stdout } = await run(argv);
    expect([code, stdout === '']).toEqual([2, said === '']);
    expect(stdout).toContain(said);
  });

  test('several plans are several runs, and headings', async () => {
    const sarif = JSON.parse((await run([working, broken, '--format', 'sarif'])).stdout);
    expect(sarif.runs.map((each: { automationDetails: { id: string } }) => each.automationDetails.id)).toEqual([
      'rds-auth-policy/testdata/scenarios/row-no-proxy-rds-iam-off/',
      'rds-auth-policy/testdata/scenarios/mistake-tls-off/',
    ]);
    expect((await run([working, broken, '--format', 'markdown', '--no-source'])).stdout.match(/^## .*$/gm)).toEqual([
      `## ✅ PASS \`${working}\``,
      `## ❌ FAIL \`${broken}\``,
    ]);
  });

  test('the others are reported beside one that cannot be read', async () => {
    const { code, stdout, stderr } = await run([broken, 'none.json']);
    expect(code).toBe(2);
    expect(stdout).toMatch(/^FAIL /);
    expect(stderr).toContain('none.json: There is no such file.');
    const json = await run([broken, 'none.json', '--format', 'json']);
    expect(JSON.parse(json.stdout).map(({ verdict }: { verdict: string }) => verdict)).toEqual(['fail', 'error']);
  });

  test('one sentence, however many plans it concerns', async () => {
    const { stderr } = await run([broken, working, '--only', 'nonsense']);
    expect(stderr.match(/nonsense/g)).toHaveLength(1);
  });

  test('a misspelt command is suggested, and help is given', async () => {
    expect((await run(['matirx', broken])).stderr).toContain('Did you mean the command matrix?');
    expect((await run(['help'])).stderr).toContain('For help type:\n    rds-auth-policy --help\n');
  });

  test('broken JSON is never quoted', async () => {
    const path = file('plan.json', '{"format_version":"1.2","password":canary-1}');
    const { code, stdout, stderr } = await run([path, '--format', 'json', '--verbose']);
    expect(code).toBe(2);
    expect(stdout + stderr).toContain('line 1, column 36');
    expect(stdout + stderr).not.toContain('canary');
  });

  test.each([
    [{}, false, false],
    [{}, true, true],
    [{ NO_COLOR: '1' }, true, false],
    [{ NO_COLOR: '' }, true, true],
    [{ FORCE_COLOR: '1' }, false, true],
    [{ FORCE_COLOR: '0' }, true, false],
    [{ TERM: 'dumb' }, true, false],
  ])('%j on a terminal (%p): colour %p', async (env, isTTY, isColoured) => {
    expect((await run([broken], { env, isTTY })).stdout.includes('\u001b[')).toBe(isColoured);
  });

  test('--color and --no-color outweigh the environment', async () => {
    expect((await run([broken, '--color'], { env: { NO_COLOR: '1' } })).stdout).toContain('\u001b[');
    expect((await run([broken, '--no-color'], { env: { FORCE_COLOR: '1' } })).stdout).not.toContain('\u001b[');
  });

  test.each([
    [{}, '✗'],
    [{ LANG: 'en_GB.UTF-8' }, '✗'],
    [{ LANG: 'en_GB.UTF-8', LC_ALL: 'C' }, 'BROKEN'],
    [{ TERM: 'linux' }, 'BROKEN'],
    [{ OS: 'Windows_NT' }, 'BROKEN'],
    [{ OS: 'Windows_NT', WT_SESSION: 'x' }, '✗'],
  ])('%j shows %s', async (env, mark) => {
    expect((await run([broken], { env })).stdout).toContain(mark);
  });

  test('a terminal is shown no progress of short work', async () => {
    expect((await run([working], { isTTY: true })).stderr).toBe('');
  });

  test('a terminal is shown the stages of long work, and nothing of them remains', async () => {
    const path = file('plan.json', `${JSON.stringify(noDatabase)}${' '.repeat(26_000_000)}`);
    const { stderr } = await run([path], { isTTY: true });
    expect(stderr).toContain(`reading ${path} (26 MB) …`);
    expect(stderr.endsWith('\r\u001b[2K')).toBe(true);
    expect((await run([path])).stderr).toBe('');
    expect((await run([path, '--quiet'], { isTTY: true })).stderr).toBe('');
  });
});

describe('files', () => {
  test('each output is written, and nothing else', async () => {
    const [json, pretty] = [join(directory, 'r.json'), join(directory, 'r.txt')];
    const { code, stdout } = await run([broken, '--output', `json=${json}`, '--output', `pretty=${pretty}`, '--color']);
    expect(code).toBe(1);
    expect(readdirSync(directory).sort()).toEqual(['r.json', 'r.txt']);
    expect(JSON.parse(readFileSync(json, 'utf8'))).toMatchObject({ verdict: 'fail' });
    expect(readFileSync(pretty, 'utf8')).toMatch(/^FAIL /);
    expect(stdout).toContain('\u001b[');
  });

  test('an output that cannot be written is no answer', async () => {
    const { code, stdout, stderr } = await run([working, '--output', `json=${file('a', '')}/r.json`]);
    expect(code).toBe(2);
    expect(stdout).toMatch(/^PASS /);
    expect(stderr).toContain('Its directory is a file.');
  });

  test('several plans are each judged, with the others in view', async () => {
    const { stdout } = await run([working, broken, '--format', 'json']);
    const roles = JSON.parse(stdout).map(({ input }: { input: { path: string; role: string }[] }) =>
      input.map(({ path, role }) => [path, role]),
    );
    expect(roles).toEqual([
      [
        [working, 'judged'],
        [broken, 'context'],
      ],
      [
        [broken, 'judged'],
        [working, 'context'],
      ],
    ]);
  });

  test('a glob of contexts may match the plan itself', async () => {
    const plan = file('a.json', noDatabase);
    const other = file('b.json', { format_version: '1.0', values: {} });
    const { stdout } = await run([plan, '--context', join(directory, '*.json'), '--format', 'json']);
    expect(JSON.parse(stdout).input.map(({ path }: { path: string }) => path)).toEqual([plan, other]);
  });

  test('a policy that is wrong is no answer', async () => {
    file('policy.yaml', 'id: [');
    const { code, stdout } = await run([working, '--policies', directory]);
    expect(code).toBe(2);
    expect(stdout).toMatch(/^ERROR/);
    expect(stdout).toContain('policy.yaml');
  });

  test('a converted file is said to be', async () => {
    const path = file('plan.json', `\ufeff${JSON.stringify(noDatabase)}`);
    const { code, stdout } = await run([path]);
    expect(code).toBe(0);
    expect(stdout).toContain(`warning: ${path}: The file is in UTF-8`);
  });
});
