import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse, stringify } from 'yaml';
import { packStandalone } from './testing/run-steps.ts';

// scripts/pipeline-tools.mjs gets it from PyPI, where there is Python.
const preCommit = resolve('node_modules/.cache/pipelines/python/bin/pre-commit');
const withPreCommit = existsSync(preCommit) ? describe : describe.skip;

type Hook = Readonly<Record<string, unknown>>;
const [documented, ofRepository] = [
  ...readFileSync('docs/pre-commit.md', 'utf8').matchAll(/^```yaml\n([\s\S]*?)^```/gm),
].map(([, block = '']) => parse(block).repos[0]);
const [hook]: readonly Hook[] = parse(readFileSync('.pre-commit-hooks.yaml', 'utf8'));

test('the hook in the document is the one of this repository, but for who installs the program', () => {
  const { additional_dependencies: dependencies, language, ...rest } = documented.hooks[0];
  const { language: own, description: _, ...same } = hook ?? {};
  expect(rest).toEqual(same);
  expect([language, own]).toEqual(['node', 'system']);
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  expect(dependencies).toEqual([`rds-auth-policy@${version}`]);
  expect(ofRepository.rev).toBe(`v${version}`);
  expect(ofRepository.hooks[0].id).toBe(hook?.['id']);
});

test.each([
  ['main.tf', true],
  ['infra/prod/main.tofu', true],
  ['a.tf.json', true],
  ['prod.auto.tfvars', true],
  ['prod.tfvars.json', true],
  ['rds-auth-policy.yaml', true],
  ['.rds-auth-policy.yaml', true],
  ['README.md', false],
  ['xrds-auth-policy.yaml', false],
  ['main.tf.bak', false],
  ['plan.json', false],
])('%s makes it run: %s', (path, runs) => {
  expect(new RegExp(String(hook?.['files'])).test(path)).toBe(runs);
});

withPreCommit('pre-commit', () => {
  let folder = '';
  let env: Readonly<Record<string, string>> = {};
  let packed = { version: '', folder: '' };
  beforeAll(() => {
    packed = packStandalone();
    folder = mkdtempSync(join(tmpdir(), 'rds-auth-hooks-'));
    const bin = join(folder, 'bin');
    mkdirSync(bin);
    symlinkSync(resolve('bin/rds-auth-policy.js'), join(bin, 'rds-auth-policy'));
    const { PATH = '' } = process.env;
    const author = { GIT_AUTHOR_NAME: 'a', GIT_AUTHOR_EMAIL: 'a@example.com' };
    const committer = { GIT_COMMITTER_NAME: 'a', GIT_COMMITTER_EMAIL: 'a@example.com' };
    env = {
      PATH: `${bin}:${PATH}`,
      HOME: folder,
      PRE_COMMIT_HOME: join(folder, 'cache'),
      CI: 'true',
      ...author,
      ...committer,
    };
    makeRepository('hooks', { '.pre-commit-hooks.yaml': '.pre-commit-hooks.yaml' });
    git('hooks', 'commit', '--quiet', '--no-verify', '--message', 'hooks');
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
    rmSync(packed.folder, { recursive: true });
  });

  const run = (program: string, cwd: string, ...argv: readonly string[]) =>
    spawnSync(program, argv, { cwd: join(folder, cwd), env, encoding: 'utf8' });
  const git = (cwd: string, ...argv: readonly string[]): string => {
    const { status, stdout, stderr } = run('git', cwd, ...argv);
    if (status !== 0) throw new Error(stderr);
    return stdout.trim();
  };
  const makeRepository = (name: string, files: Readonly<Record<string, string>>): void => {
    mkdirSync(join(folder, name));
    git(name, 'init', '--quiet');
    for (const [path, from] of Object.entries(files)) cpSync(from, join(folder, name, path));
    git(name, 'add', '.');
  };
  const commit = (name: string, source: string, repository: unknown) => {
    makeRepository(name, { 'main.tf': `${source}/main.tf` });
    writeFileSync(join(folder, name, '.pre-commit-config.yaml'), stringify({ repos: [repository] }));
    git(name, 'add', '.');
    run(preCommit, name, 'install');
    const { status, stdout, stderr } = run('git', name, 'commit', '--quiet', '--message', 'change');
    return { status, text: stdout + stderr };
  };
  const hooks = () => ({
    repo: join(folder, 'hooks'),
    rev: git('hooks', 'rev-parse', 'HEAD'),
    hooks: [{ id: 'rds-auth-policy' }],
  });

  test('stops a commit that breaks a login', () => {
    const { status, text } = commit('broken', 'examples/orders', hooks());
    expect(status).toBe(1);
    expect(text).toMatch(/RDS login policies\.+Failed/);
    expect(text).toContain('connect-arn-not-resource-id');
    expect(text).toMatch(/main\.tf:\d+/);
  });

  test('lets one pass that does not', () => {
    const { status, text } = commit('fine', 'examples/orders-fixed', hooks());
    expect([status, text]).toEqual([0, expect.stringMatching(/RDS login policies\.+Passed/)]);
  });

  test('takes directories, and fails where one holds no configuration', () => {
    const own = hooks();
    const { status, text } = commit('empty', 'examples/orders-fixed', {
      ...own,
      hooks: [{ ...own.hooks[0], args: ['.git'] }],
    });
    expect(status).toBe(1);
    expect(text).toContain('exit code: 2');
  });

  test('installs the program itself, as the document says', () => {
    const dependency = `rds-auth-policy@${packed.version}`;
    const local = { ...documented, hooks: [{ ...documented.hooks[0], additional_dependencies: [dependency] }] };
    const { status, text } = commit('installing', 'examples/orders', local);
    expect(text).toContain('connect-arn-not-resource-id');
    expect(status).toBe(1);
  }, 120_000);
});
