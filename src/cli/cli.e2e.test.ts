import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from '@jest/globals';

const root = fileURLToPath(new URL('../..', import.meta.url));
const program = `${root}bin/rds-auth-policy.js`;
const broken = `${root}testdata/scenarios/mistake-tls-off/plan.json`;

beforeAll(() => {
  if (!existsSync(`${root}dist/cli/main.js`)) throw new Error('These tests run what npm run build has built.');
});

const run = (argv: readonly string[], input = '') => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...argv], { input, encoding: 'utf8' });
  return { status, stdout, stderr };
};

/** Lines for bash, in which "$1" is Node and "$2" the program. */
const shell = (script: string) =>
  spawnSync('bash', ['-c', script, 'bash', process.execPath, program], { encoding: 'utf8', cwd: root });

describe('the built program', () => {
  test('judges a file', () => {
    const { status, stdout, stderr } = run([broken]);
    expect([status, stderr]).toEqual([1, '']);
    expect(stdout).toMatch(/^FAIL /);
  });

  test('judges standard input', () => {
    const { status, stdout } = run(['-', '--format', 'json'], readFileSync(broken, 'utf8'));
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ verdict: 'fail', input: [{ path: '-' }] });
  });

  test('judges what a shell substitutes', () => {
    const { status, stdout } = shell('"$1" "$2" <(cat testdata/scenarios/mistake-tls-off/plan.json)');
    expect(status).toBe(1);
    expect(stdout).toMatch(/^FAIL {2}\/dev\/fd\//);
  });

  test('refuses with a sentence', () => {
    const { status, stdout, stderr } = run(['none.json']);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain('There is no such file.');
  });

  test('prints help and version', () => {
    expect(run(['--help']).stdout).toContain('Exit code:');
    const { version } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
    expect(run(['--version']).stdout).toBe(`${version}\n`);
  });

  test('prints a completion script, and completes options', () => {
    expect(run(['completion']).stdout).toContain('rds-auth-policy completion >> ~/.bashrc');
    expect(run(['--get-yargs-completions', 'rds-auth-policy', '--fo']).stdout).toContain('--format');
  });

  test.each([
    [['explain', ''], 'proxy-iam-requires-tls\n'],
    [['explain', ''], 'database-user\n'],
    [['explain', 'iam-'], 'iam-proxy-rds\n'],
    [['policies', ''], 'list\nshow\nsearch\n'],
    [['policies', 'show', 'secret'], 'secret-without-credentials\n'],
    [[''], 'explain\nmodel\npolicies\n'],
  ])('completes %j', (words, expected) => {
    expect(run(['--get-yargs-completions', 'rds-auth-policy', ...words]).stdout).toContain(expected);
  });

  test('leaves the names of files to the shell', () => {
    expect(run(['--get-yargs-completions', 'rds-auth-policy', 'explain', 'grant', 'p']).stdout.trim()).toBe('');
  });

  test.each([
    ['explain tls', ['explain', 'tls'], /^Leg tls\n/],
    ['explain a connection', ['explain', '23168ff6', broken], /^Connection 23168ff6 of\s/],
    ['model', ['model', broken], /^\{\n {2}"schemaVersion": "1",/],
    ['policies', ['policies'], /^reachability \(/],
  ])('%s', (_, argv, expected) => {
    const { status, stdout, stderr } = run(argv);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(expected);
  });

  test('runs policies in YAML and expands globs, whose parsers are loaded late', () => {
    const { status, stderr } = run([
      broken,
      '--policies',
      `${root}policies`,
      '--context',
      `${root}testdata/sc*/README.m[d]`,
    ]);
    expect(status).toBe(2);
    expect(stderr).toContain('README.md: ');
  });

  test('is quiet when a reader has seen enough', () => {
    const { stdout, stderr } = shell(`"$1" "$2" ${broken} --format json | head -c 1; echo "; \${PIPESTATUS[0]}"`);
    expect([stdout, stderr]).toEqual(['{; 1\n', '']);
  });

  test('is quiet and ends when it is interrupted', async () => {
    const child = spawn(process.execPath, [program, '-'], { stdio: ['pipe', 'pipe', 'pipe'] });
    const output: string[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => output.push(String(chunk)));
    child.stdin.write('{"format_version":');
    await new Promise((resolve) => setTimeout(resolve, 500));
    child.kill('SIGINT');
    const [code, signal] = await once(child, 'close');
    // A shell shows this as 130.
    expect([code, signal, output]).toEqual([null, 'SIGINT', []]);
  });
});
