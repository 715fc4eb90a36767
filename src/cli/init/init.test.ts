import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { loadPolicyConfiguration } from '../../policy/load-configuration.ts';
import { runScript } from '../../testing/run-steps.ts';
import { runMain } from '../run.test-support.ts';

let root = '';
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'rds-auth-init-')));
});
afterEach(() => rmSync(root, { recursive: true }));

const provider = 'provider "aws" {}\n';
const make = (files: Readonly<Record<string, string>>): void => {
  for (const [path, text] of Object.entries({ '.git/HEAD': '', ...files })) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
};
const allFiles = (): readonly string[] =>
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => !path.startsWith('.git/') && !lstatSync(join(root, path)).isDirectory())
    .sort();
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const init = (...argv: readonly string[]) => runMain(['init', root, ...argv]);
const asJson = async (...argv: readonly string[]) => JSON.parse((await init('--format', 'json', ...argv)).stdout);

describe('what it finds', () => {
  test.each<[name: string, files: Readonly<Record<string, string>>, modules: string]>([
    ['a root module at the root', { 'main.tf': provider }, '.'],
    ['one that nobody marks', { 'main.tf': '' }, '.'],
    ['several', { 'infra/test/main.tf': provider, 'infra/prod/main.tf': provider }, 'infra/prod, infra/test'],
    [
      'no module that is called',
      { 'prod/main.tf': 'module "a" {\n  source = "../modules/a"\n}\n', 'modules/a/main.tf': provider },
      'prod',
    ],
    ['no library beside what is marked', { 'prod/main.tf': provider, 'library/main.tf': 'locals {}' }, 'prod'],
    ['one by its values', { 'a/main.tf': '', 'a/prod.tfvars': '', 'b/main.tf': '' }, 'a'],
    ['one by its lock file', { 'a/main.tf': '', 'a/.terraform.lock.hcl': '', 'b/main.tf': '' }, 'a'],
    ['one by its backend', { 'a/main.tf': 'terraform {\n  backend "s3" {}\n}', 'b/main.tf': '' }, 'a'],
    ['one in JSON syntax, and of OpenTofu', { 'a/main.tf.json': '{}', 'b/main.tofu': '' }, 'a, b'],
    ['no name that breaks lines', { 'a/main.tf': '', 'x\n- run: y/main.tf': provider }, 'a'],
    [
      'nothing that nobody applies',
      { 'a/main.tf': '', 'a/examples/x/main.tf': provider, 'tests/main.tf': provider },
      'a',
    ],
    ['nothing hidden or installed', { 'main.tf': '', '.x/main.tf': provider, 'node_modules/m/main.tf': provider }, '.'],
  ])('%s', async (_, files, modules) => {
    make(files);
    const { found } = await asJson('--dry-run');
    expect(found[0]).toMatch(/^(?:a root module|\d+ root modules) of Terraform: /);
    expect(found[0].split(': ')[1]).toBe(modules);
  });

  const remote = (url: string) => ({ '.git/config': `[remote "origin"]\n\turl = ${url}\n` });
  test.each<[files: Readonly<Record<string, string>>, found: readonly string[], written: readonly string[]]>([
    [{}, [], []],
    [{ '.github/CODEOWNERS': '' }, ['GitHub'], ['.github/workflows/rds-auth-policy.yml']],
    [remote('git@github.com:acme/infra.git'), ['GitHub'], ['.github/workflows/rds-auth-policy.yml']],
    [{ '.gitlab-ci.yml': 'x: {}\n' }, ['GitLab'], ['.gitlab/rds-auth-policy.yml']],
    [remote('https://gitlab.acme.example/infra'), ['GitLab'], ['.gitlab/rds-auth-policy.yml', '.gitlab-ci.yml']],
    [{ 'azure-pipelines.yml': '' }, ['Azure Pipelines'], ['.azure-pipelines/rds-auth-policy.yml']],
    [remote('https://dev.azure.com/acme/_git/x'), ['Azure Pipelines'], ['.azure-pipelines/rds-auth-policy.yml']],
    [{ 'atlantis.yaml': '', '.pre-commit-config.yaml': '' }, ['Atlantis', 'pre-commit'], []],
    [{ Jenkinsfile: '', 'env0.yml': '' }, ['Jenkins', 'env zero'], []],
    [{ 'Jenkinsfile.md': '', '.git/config': '[remote "x"]\n\turl = https://notgithub.example/x\n' }, [], []],
  ])('of %j: %j', async (files, found, written) => {
    make({ 'main.tf': provider, ...files });
    const said = await asJson();
    expect(said.found.slice(1)).toEqual(found);
    expect(said.written).toEqual(['rds-auth-policy.yaml', ...written]);
    expect(said.kept).toEqual([]);
    for (const path of said.written) expect(existsSync(join(root, path))).toBe(true);
  });
});

describe('what it writes', () => {
  test('a configuration without fault, under which nothing is judged otherwise', async () => {
    cpSync('examples/orders', root, { recursive: true });
    make({});
    const before = await runMain([join(root, 'plan.json'), '--format', 'json']);
    await init();
    const { diagnostics } = await loadPolicyConfiguration({ path: 'x', text: read('rds-auth-policy.yaml') });
    expect(diagnostics).toEqual([]);
    // Every line that is taken out of its comment is one that is understood.
    const whole = read('rds-auth-policy.yaml').replaceAll(/^# (?=\w+:$| {2})/gm, '');
    expect((await loadPolicyConfiguration({ path: 'x', text: whole })).diagnostics).toEqual([]);
    expect(Object.keys(parse(whole)).sort()).toEqual(['output', 'rules', 'users', 'waivers']);
    const after = await runMain([join(root, 'plan.json'), '--format', 'json']);
    const of = (text: string) => JSON.parse(text).findings;
    expect([after.code, of(after.stdout)]).toEqual([before.code, of(before.stdout)]);
  });

  test('nothing with --dry-run, and says the same', async () => {
    make({ 'main.tf': provider, '.github/x': '' });
    const before = allFiles();
    const dry = await init('--dry-run');
    expect(allFiles()).toEqual(before);
    const { code, stdout } = await init();
    expect([code, dry.code]).toEqual([0, 0]);
    expect(stdout.replaceAll('wrote ', 'would write ')).toBe(dry.stdout);
    expect(allFiles()).toEqual([...before, '.github/workflows/rds-auth-policy.yml', 'rds-auth-policy.yaml'].sort());
  });

  test.each(['rds-auth-policy.yaml', 'rds-auth-policy.json', '.rds-auth-policy.yaml'])(
    'nothing over what is there: %s',
    async (name) => {
      make({ 'main.tf': provider, [name]: 'mine', '.github/workflows/rds-auth-policy.yml': 'mine' });
      const before = allFiles();
      const { code, stdout } = await init();
      expect([code, allFiles()]).toEqual([0, before]);
      expect([read(name), read('.github/workflows/rds-auth-policy.yml')]).toEqual(['mine', 'mine']);
      expect(stdout).toContain(`kept ${name}, which is there already`);
    },
  );

  test('the same the second time: nothing', async () => {
    make({ 'main.tf': provider, '.gitlab-ci.yml': 'x: {}\n', 'azure-pipelines.yml': '' });
    await init();
    const files = allFiles();
    const again = await asJson();
    expect([again.written, again.kept.length, allFiles()]).toEqual([[], 3, files]);
    expect(read('.gitlab-ci.yml')).toBe('x: {}\n');
  });

  test('nothing out of the repository, by a link', async () => {
    const outside = mkdtempSync(join(tmpdir(), 'rds-auth-outside-'));
    make({ 'main.tf': provider });
    symlinkSync(outside, join(root, '.github'));
    symlinkSync(join(outside, 'none'), join(root, 'rds-auth-policy.yaml'));
    const { code, stdout, stderr } = await init();
    expect(code).toBe(2);
    expect(stderr.replaceAll(/\s+/g, ' ')).toContain('Its directory is a link out of the repository.');
    expect(stdout).toContain('kept rds-auth-policy.yaml');
    expect(readdirSync(outside)).toEqual([]);
    rmSync(outside, { recursive: true });
  });

  test.each(['.github', '.github/workflows'])('nothing where %s is a file, and says so before', async (file) => {
    make({
      'main.tf': provider,
      '.git/config': '[remote "origin"]\n\turl = https://github.com/acme/infra\n',
      [file]: '',
    });
    const dry = await init('--dry-run');
    const real = await init();
    expect([dry.code, real.code]).toEqual([2, 2]);
    for (const { stdout, stderr } of [dry, real]) {
      expect(stdout).not.toContain('kept .github');
      expect(stderr.replaceAll(/\s+/g, ' ')).toContain(`${file} is a file, and has to be a directory.`);
    }
    expect(dry.stderr).toBe(real.stderr);
  });

  test('at the root of the repository, wherever it is called', async () => {
    make({ 'infra/prod/main.tf': provider, 'infra/test/main.tf': provider, 'infra/prod/below/main.tf': provider });
    const { code, stdout } = await runMain(['init', join(root, 'infra/prod')]);
    expect([code, existsSync(join(root, 'rds-auth-policy.yaml'))]).toEqual([0, true]);
    expect(stdout).toContain('rds-auth-policy ./infra/prod ./infra/prod/below\n');
  });

  test.each([
    [['init', 'a', 'b'], 'takes one DIR'],
    [['init', 'nowhere'], 'There is no such directory.'],
    [['init', 'package.json'], 'There is no such directory.'],
    [['init', '--var', 'a=b'], 'has no meaning for init'],
    [['check', 'x', '--dry-run'], 'has no meaning for check'],
  ])('%j is no answer', async (argv, words) => {
    const { code, stderr, stdout } = await runMain(argv);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr.replaceAll(/\s+/g, ' ')).toContain(words);
  });

  test('nothing where there is no Terraform', async () => {
    make({ 'README.md': '' });
    const { code, stderr } = await init();
    expect([code, allFiles()]).toEqual([2, ['README.md']]);
    expect(stderr).toContain('There is no configuration of Terraform in it.');
  });
});

describe('the files for build runners', () => {
  const hostile = ["it's", '$(touch pwned)', '-x', 'a b', '::error::x', '"; touch pwned #', '${{ x }}'];

  /** The package where an installation would put it, and an npm that installs nothing. */
  const runner = (): Readonly<Record<string, string>> => {
    const temp = join(root, '.runner');
    const modules = join(temp, 'rds-auth-policy/node_modules');
    mkdirSync(modules, { recursive: true });
    symlinkSync(resolve('.'), join(modules, 'rds-auth-policy'));
    writeFileSync(join(temp, 'npm'), `#!/bin/sh\nmkdir -p "$3"\ncp -R "${temp}/rds-auth-policy/." "$3"\n`, {
      mode: 0o755,
    });
    const summary = join(temp, 'summary.md');
    const { PATH = '' } = process.env;
    return {
      PATH: `${temp}:${PATH}`,
      RUNNER_TEMP: temp,
      AGENT_TEMPDIRECTORY: temp,
      GITHUB_STEP_SUMMARY: summary,
      TMPDIR: temp,
    };
  };

  const scripts: Readonly<Record<string, (file: string) => readonly string[]>> = {
    '.github/x': () => {
      const { jobs } = parse(read('.github/workflows/rds-auth-policy.yml'));
      return jobs['rds-logins'].steps.flatMap(({ run }: { run?: string }) => run ?? []).slice(1);
    },
    '.gitlab-ci.yml': () => [parse(read('.gitlab/rds-auth-policy.yml'))['rds-auth-policy'].script.join('\n')],
    'azure-pipelines.yml': () =>
      parse(read('.azure-pipelines/rds-auth-policy.yml'))
        .steps.flatMap(({ bash }: { bash?: string }) => bash ?? [])
        .slice(1),
  };

  test.each(Object.keys(scripts))('with %s, judges every root module, whatever it is called', async (sign) => {
    const folders = hostile;
    make({ [sign]: '' });
    for (const name of folders) cpSync('examples/orders/main.tf', join(root, name, 'main.tf'));
    await init();
    const env = runner();
    for (const script of scripts[sign]?.(sign) ?? []) {
      const { code, stdout, stderr } = runScript(['bash', '-eo', 'pipefail'], script, root, env, join(root, '.runner'));
      expect([code, stderr]).toEqual([1, '']);
      for (const name of folders.filter((folder) => /^[\w -]+$/.test(folder))) expect(stdout).toContain(name);
      expect(existsSync(join(root, 'pwned'))).toBe(false);
    }
  });

  test('nothing of a tree is an expression of GitHub', async () => {
    make({ '.github/x': '', '${{ github.token }}/main.tf': provider });
    await init();
    const text = read('.github/workflows/rds-auth-policy.yml');
    expect([...text.matchAll(/\$\{\{ (.*?) \}\}/g)].map(([, expression]) => expression)).toEqual(['runner.temp']);
  });

  const actionlint = resolve('node_modules/.cache/pipelines/actionlint');
  (existsSync(actionlint) ? test : test.skip)('actionlint finds nothing wrong with the workflow', async () => {
    make({ 'a/main.tf': provider, "it's/main.tf": provider, '.github/x': '' });
    await init();
    const argv = ['-no-color', '.github/workflows/rds-auth-policy.yml'];
    const { status, stdout } = spawnSync(actionlint, argv, { cwd: root, encoding: 'utf8' });
    expect([status, stdout]).toEqual([0, '']);
  });
});
