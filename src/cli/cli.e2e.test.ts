import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from '@jest/globals';

const root = fileURLToPath(new URL('../..', import.meta.url));
const program = `${root}bin/rds-auth-policy.js`;
const broken = `${root}testdata/scenarios/mistake-tls-off/plan.json`;

beforeAll(() => {
  if (!existsSync(`${root}dist/cli/main.cjs`)) throw new Error('These tests run what npm run build has built.');
});

const run = (argv: readonly string[], input = '') => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...argv], { input, encoding: 'utf8' });
  return { status, stdout, stderr };
};

/** Lines for bash, in which "$1" is Node and "$2" the program. */
const shell = (script: string) =>
  spawnSync('bash', ['-c', script, 'bash', process.execPath, program], { encoding: 'utf8', cwd: root });

describe('the built program', () => {
  test.each([
    ['row-no-proxy-rds-iam-off', /^PASS - /m],
    ['mistake-tls-off', /^FAIL - /],
    ['undecided-both-schemes', /^PASS - /m],
  ])('says nothing on standard error to Atlantis, which reads both streams as one: %s', (name, verdict) => {
    const { status, stdout, stderr } = run([`${root}testdata/scenarios/${name}/plan.json`, '--format', 'atlantis']);
    expect([status, stdout, stderr]).toEqual([0, expect.stringMatching(verdict), '']);
  });

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

  test.each([
    ['--source config', [broken, '--source', `${root}testdata/scenarios/mistake-tls-off/config`]],
    ['the configuration beside it', [broken]],
    ['a directory', [`${root}testdata/scenarios/mistake-tls-off/config`]],
    ['a binary plan', [`${root}testdata/scenarios/mistake-tls-off/plan.tfplan`]],
  ])('points at a line: %s', (_, argv) => {
    const { status, stdout } = run(argv);
    expect(status).toBe(1);
    expect(stdout).toMatch(/main\.tf:\d+/);
  });

  test('loads neither parser nor evaluator where there is no configuration to read', () => {
    const read = (name: string): string => readFileSync(`${root}dist/cli/${name}`, 'utf8');
    // What it says of a broken file, and the name of a function of Terraform, are in what is loaded late.
    for (const word of ['Unclosed configuration block', 'matchkeys']) {
      expect([word, read('main.cjs').includes(word)]).toEqual([word, false]);
    }
  });

  test('starts with the code that V8 made of it', () => {
    const rejected = `require('${root}bin/load-program.js').loadProgram().script.cachedDataRejected`;
    expect(spawnSync(process.execPath, ['-p', rejected], { encoding: 'utf8' }).stdout).toBe('false\n');
  });

  test.each<[string, (code: string) => void]>([
    ['is not there', (code) => rmSync(code)],
    ['is cut off', (code) => truncateSync(code, 1000)],
    [
      'is of another V8',
      (code) => writeFileSync(code, Buffer.from(readFileSync(code).map((byte, i) => byte ^ Number(i < 64)))),
    ],
  ])('compiles where that code %s', (_, spoil) => {
    const copy = mkdtempSync(join(tmpdir(), 'e2e-'));
    for (const part of ['bin', 'dist/cli', 'package.json'])
      cpSync(`${root}${part}`, join(copy, part), { recursive: true });
    const [code = ''] = readdirSync(join(copy, 'dist/cli/code'));
    spoil(join(copy, 'dist/cli/code', code));
    const spoilt = spawnSync(process.execPath, [join(copy, 'bin/rds-auth-policy.js'), broken], { encoding: 'utf8' });
    rmSync(copy, { recursive: true });
    expect([spoilt.status, spoilt.stdout, spoilt.stderr]).toEqual([1, run([broken]).stdout, '']);
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

  test.each([['check'], ['init'], ['serve']])('prints the help of %s, in 80 columns', (command) => {
    const { status, stdout } = run([command, '--help']);
    expect([status, stdout]).toEqual([0, expect.stringMatching(new RegExp(`^rds-auth-policy \\[?${command}`))]);
    // An example that is typed is not broken.
    const lines = stdout.replace(/^Examples:[\s\S]*?\n\n/m, '').split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
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
    [['plan.json', '--only', 'secret'], 'secret-without-credentials\n'],
    [['plan.json', '--set', 'reach'], 'reachability\n'],
    [['serve', '--hmac'], '--hmac-key-file\n'],
    [[''], 'explain\nmodel\npolicies\n'],
  ])('completes %j', (words, expected) => {
    expect(run(['--get-yargs-completions', 'rds-auth-policy', ...words]).stdout).toContain(expected);
  });

  test('leaves the names of files to the shell', () => {
    expect(run(['--get-yargs-completions', 'rds-auth-policy', 'explain', 'grant', 'p']).stdout.trim()).toBe('');
    const words = ['serve', '--hmac-key-file', ''];
    expect(run(['--get-yargs-completions', 'rds-auth-policy', ...words]).stdout.trim()).toBe('');
  });

  test.each([
    ['explain tls', ['explain', 'tls'], /^Leg tls\n/],
    ['explain a connection', ['explain', '23168ff6', broken], /^Connection 23168ff6 of\s/],
    ['model', ['model', broken], /^\{\n {2}"schemaVersion": "1",/],
    ['policies', ['policies'], /^organization \([\s\S]*^reachability \(/m],
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

  test('reads a directory, and a configuration beside a plan, whose parser is loaded late', () => {
    const config = `${root}testdata/scenarios/mistake-tls-off/config`;
    const judged = JSON.parse(run([config, '--format', 'json']).stdout);
    expect(judged.input).toMatchObject([{ kind: 'configuration', source: config }]);
    expect(JSON.parse(run([broken, '--format', 'json']).stdout).input).toMatchObject([{ source: config }]);
  });

  test('reads a binary plan, and ends the program that shows it when it is interrupted', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'e2e-'));
    const fake = join(directory, 'fake-terraform');
    writeFileSync(fake, `#!/bin/sh\necho $$ > ${directory}/id\nexec sleep 60\n`, { mode: 0o755 });
    const plan = `${root}testdata/saved-plans/plan.tfplan`;
    const child = spawn(process.execPath, [program, plan, '--terraform-bin', fake], { stdio: 'ignore' });
    while (!existsSync(`${directory}/id`) || readFileSync(`${directory}/id`, 'utf8') === '') await setTimeout(20);
    child.kill('SIGINT');
    expect(await once(child, 'close')).toEqual([null, 'SIGINT']);
    const id = readFileSync(`${directory}/id`, 'utf8').trim();
    const isAlive = () =>
      spawnSync('ps', ['-o', 'stat=', '-p', id], { encoding: 'utf8' }).stdout.match(/^[^ZX\s]/) !== null;
    for (let i = 0; i < 100 && isAlive(); i++) await setTimeout(20);
    expect(isAlive()).toBe(false);
    rmSync(directory, { recursive: true });
  });

  test('says that the report could not be written', () => {
    const { status, stderr } = shell(`"$1" "$2" ${broken} > /dev/full`);
    expect([status, stderr]).toEqual([2, 'rds-auth-policy: standard output cannot be written (ENOSPC)\n']);
  });

  test('is quiet and ends when it is interrupted', async () => {
    const child = spawn(process.execPath, [program, '-'], { stdio: ['pipe', 'pipe', 'pipe'] });
    const output: string[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => output.push(String(chunk)));
    child.stdin.write('{"format_version":');
    await setTimeout(500);
    child.kill('SIGINT');
    const [code, signal] = await once(child, 'close');
    // A shell shows this as 130.
    expect([code, signal, output]).toEqual([null, 'SIGINT', []]);
  });
});
