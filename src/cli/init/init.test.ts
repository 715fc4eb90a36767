import { spawnSync } from 'node:child_process';
import {
  chmodSync,
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
    if (text.startsWith('-> ')) symlinkSync(text.slice(3), join(root, path));
    else writeFileSync(join(root, path), text);
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
    ['one of a link', { 'a/main.tf': '-> ../shared.tf', 'shared.tf': provider, 'b/main.tf': '' }, '., a'],
    [
      'no child of a call on one line of JSON',
      { 'a/main.tf.json': '{"module":{"b":{"source":"../b"}}}', 'b/main.tf': '' },
      'a',
    ],
    ['one by a backend in JSON', { 'a/main.tf.json': '{"terraform":{"backend":{"s3":{}}}}', 'b/main.tf': '' }, 'a'],
    ['nothing by a comment', { 'a/main.tf': '/*\nprovider "aws" {}\n*/', 'b/main.tf': '' }, 'a, b'],
    ['no output of CDKTF', { 'main.tf': '', 'cdktf.out/stacks/orders/cdk.tf.json': '{}' }, '.'],
    [
      'no output of CDKTF of another name',
      { 'main.tf': '', 'app/cdktf.json': '{"output":"build/out"}', 'app/build/out/stacks/orders/cdk.tf.json': '{}' },
      '.',
    ],
    [
      'no module of a unit of Terragrunt',
      {
        'live/terragrunt.hcl': 'terraform {\n  source = "../modules//db"\n}\n',
        'modules/db/main.tf': provider,
        'x/main.tf': provider,
      },
      'x',
    ],
    [
      'a unit of Terragrunt that is a module itself',
      { 'live/terragrunt.hcl': '', 'live/main.tf': '', 'modules/db/main.tf': '' },
      'live',
    ],
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
    [remote('https://github.acme.com/infra/logins'), ['GitHub'], ['.github/workflows/rds-auth-policy.yml']],
    [remote('https://acme.ghe.com/infra/logins'), ['GitHub'], ['.github/workflows/rds-auth-policy.yml']],
    [remote('ssh://git@gitlab.com/github.com/infra'), ['GitLab'], ['.gitlab/rds-auth-policy.yml', '.gitlab-ci.yml']],
    [{ '.git/config': '[submodule "x"]\n\turl = https://github.com/acme/x\n' }, [], []],
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

  test('at the root of the repository, of what is below DIR, and says so', async () => {
    make({ 'infra/prod/main.tf': provider, 'infra/test/main.tf': provider, 'infra/prod/below/main.tf': provider });
    const { code, stdout } = await runMain(['init', join(root, 'infra/prod')]);
    expect([code, existsSync(join(root, 'rds-auth-policy.yaml'))]).toEqual([0, true]);
    expect(stdout).toContain('rds-auth-policy ./infra/prod\n  rds-auth-policy ./infra/prod/below\n');
    expect(stdout).toContain('Only infra/prod was looked at.');
  });

  test('of all of the repository, where no DIR is named', async () => {
    make({ 'infra/prod/main.tf': provider, 'infra/test/main.tf': provider });
    const started = process.cwd();
    process.chdir(join(root, 'infra/prod'));
    const { code, stdout } = await runMain(['init']).finally(() => process.chdir(started));
    expect([code, existsSync(join(root, 'rds-auth-policy.yaml'))]).toEqual([0, true]);
    expect(stdout).toContain('found 2 root modules of Terraform: infra/prod, infra/test\n');
    expect(stdout).not.toContain('was looked at');
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

describe('what it says', () => {
  const notesOf = async (files: Readonly<Record<string, string>>): Promise<string> => {
    make(files);
    return (await asJson('--dry-run')).notes.join('\n');
  };

  test.each<[name: string, files: Readonly<Record<string, string>>, words: string]>([
    ['a module without marks beside one', { 'prod/main.tf': provider, 'dev/main.tf': '' }, 'add it:\ndev\n'],
    ['a name that breaks lines', { 'a/main.tf': '', 'x\n- run: y/main.tf': '' }, 'build runner:\nx\\n- run: y\n'],
    ['a file that is a link to nowhere', { 'a/main.tf': '', 'b/main.tf': '-> nowhere' }, 'be read:\nb/main.tf\n'],
    [
      'a directory that lies too deep',
      { 'a.tf': '', [`${'d/'.repeat(14)}main.tf`]: '' },
      `deep:\n${'d/'.repeat(12)}d\n`,
    ],
    [
      'more than can be named',
      { 'a/main.tf': provider, ...Object.fromEntries([...'bcdefghijklm'].map((name) => [`${name}/main.tf`, ''])) },
      'j\nk\nand 2 more\n',
    ],
    ['a name that nothing reads', { 'a.tf': '', '.rds-auth-policy.yml': '' }, 'call the file rds-auth-policy.yaml'],
    ['no build runner', { 'a.tf': '', 'b/main.tf': provider }, 'On the command line:\nrds-auth-policy ./b\n'],
  ])('of %s', async (_, files, words) => expect(await notesOf(files)).toContain(words));

  const isRoot = process.getuid?.() === 0;
  (isRoot ? test.skip : test)('of a directory that cannot be read', async () => {
    make({ 'a/main.tf': '', 'b/main.tf': '' });
    chmodSync(join(root, 'b'), 0o000);
    expect((await asJson('--dry-run')).notes.join('\n')).toContain('cannot be read:\nb\n');
    chmodSync(join(root, 'b'), 0o755);
  });

  const isLinux = process.platform === 'linux';
  (isLinux ? test : test.skip)('of a name that is no UTF-8', async () => {
    make({ 'a/main.tf': '' });
    mkdirSync(Buffer.concat([Buffer.from(`${root}/x`), Buffer.of(0xff)]));
    expect((await asJson('--dry-run')).notes.join('\n')).toContain('x\ufffd\n');
  });

  test.each(['cdktf.json', 'app/cdktf.json'])('of CDKTF, before anything is synthesized: %s', async (path) => {
    make({ [path]: '{}', '.github/x': '' });
    const { found, written, notes } = await asJson();
    expect([found, written]).toEqual([['CDKTF', 'GitHub'], ['rds-auth-policy.yaml']]);
    expect(notes.join('\n')).toContain('cdktf synth\nrds-auth-policy cdktf.out/stacks/NAME\n');
    expect(notes.join('\n')).toContain('RdsAuthPolicy.enforce(stack)');
  });

  test('of Terragrunt, where there is nothing else', async () => {
    make({ 'live/prod/terragrunt.hcl': 'terraform {\n  source = "git::https://example.com/m.git"\n}\n' });
    const { found, written, notes } = await asJson();
    expect([found, written]).toEqual([['Terragrunt'], ['rds-auth-policy.yaml']]);
    expect(notes.join('\n')).toContain('Terragrunt is in live/prod');
    expect(notes.join('\n')).toContain('terragrunt run --all plan --json-out-dir');
  });

  test.each(['.', 'x\ny'])('of nothing but names that cannot be written, in %j', async (directory) => {
    make({ 'x\ny/main.tf': provider, '.github/x': '' });
    const { code, stdout, stderr } = await runMain(['init', join(root, directory)]);
    expect([code, stdout, allFiles()]).toEqual([2, '', ['.github/x', 'x\ny/main.tf']]);
    expect(stderr).toContain('Their names have signs');
  });

  test('of Atlantis, all that docs/atlantis.md has', async () => {
    const notes = await notesOf({ 'a.tf': '', 'atlantis.yaml': '' });
    const [, block = ''] =
      /^```yaml\n(# repos.yaml\n[\s\S]*?)^```/m.exec(readFileSync('docs/atlantis.md', 'utf8')) ?? [];
    expect(notes).toContain(block.replace('# repos.yaml\n', ''));
    expect(parse(block)).toHaveProperty('policies.policy_sets');
    expect(notes).toContain('--enable-policy-checks');
  });

  test('of pre-commit, the hook of docs/pre-commit.md for each root module', async () => {
    const notes = await notesOf({ 'a/main.tf': '', "b's/main.tf": '', '.pre-commit-config.yaml': '' });
    const [, block = ''] = /^```yaml\n([\s\S]*?)^```/m.exec(readFileSync('docs/pre-commit.md', 'utf8')) ?? [];
    const [documented] = parse(block).repos[0].hooks;
    const { hooks } = parse(notes.slice(notes.indexOf('- repo: local') - 2))[0];
    expect(hooks).toEqual([
      { ...documented, args: ['./a'] },
      { ...documented, args: ["./b's"] },
    ]);
  });

  test.each([
    ['Jenkinsfile', 'rds-auth-policy ./a\nrds-auth-policy ./b\n'],
    ['env0.yml', 'rds-auth-policy ./a\nrds-auth-policy ./b\n'],
    ['.spacelift/config.yml', 'terraform show -json spacelift.plan > plan.json && rds-auth-policy plan.json\n'],
  ])('of %s, the command lines', async (file, words) => {
    expect(await notesOf({ 'a/main.tf': '', 'b/main.tf': '', [file]: '' })).toContain(words);
  });

  test.each([
    [
      'a work tree of its own',
      { '.git': 'gitdir: ../main/.git/worktrees/x\n' },
      'main/.git/worktrees/x/commondir',
      '../..\n',
    ],
    ['a submodule', { '.git': 'gitdir: ../main/.git\n' }, 'main/.git/HEAD', ''],
  ])('of the remotes of %s', async (_, files, more, text) => {
    const outside = join(root, 'outside');
    mkdirSync(dirname(join(outside, more)), { recursive: true });
    writeFileSync(join(outside, more), text);
    writeFileSync(join(outside, 'main/.git/config'), '[remote "origin"]\n\turl = "git@github.com:acme/infra.git"\n');
    mkdirSync(join(outside, 'tree'));
    for (const [path, content] of Object.entries({ ...files, 'main.tf': '' }))
      writeFileSync(join(outside, 'tree', path), content);
    const { stdout } = await runMain(['init', join(outside, 'tree'), '--dry-run', '--format', 'json']);
    expect(JSON.parse(stdout).found).toContain('GitHub');
  });

  const uses =
    'jobs:\n  x:\n    steps:\n      - uses: acme/rds-auth-policy@v0.1.0\n        with:\n          plan: ./a\n';
  test.each([
    ['.github/workflows/terraform.yml', uses],
    ['.github/workflows/rds-auth-policy.yaml', uses],
    ['.gitlab-ci.yml', 'x:\n  script: [rds-auth-policy ./a]\n'],
    ['.gitlab/ci/x.yml', ''],
    ['azure-pipelines.yml', 'steps:\n  - bash: rds-auth-policy ./a\n'],
    ['.pre-commit-config.yaml', 'repos: [] # rds-auth-policy ./a\n'],
  ])('of %s, which runs the program already, nothing but what it does not name', async (path, text) => {
    make({ 'a/main.tf': '', 'aa/main.tf': '', [path]: text });
    const { written, kept, notes } = await asJson();
    if (text === '') return expect(written).toContain('.gitlab/rds-auth-policy.yml');
    expect([written, kept]).toEqual([['rds-auth-policy.yaml'], [path]]);
    expect((await init()).stdout).toContain(`kept ${path}, which runs rds-auth-policy already\n`);
    const said = notes.join('\n').includes(`${path} is there already, and does not name these root modules`);
    expect(said).toBe(path !== '.gitlab-ci.yml');
    if (said) expect(notes.join('\n')).toMatch(/nowhere else\.\n\.\/aa\n$/);
  });

  test('of a job that was written before there were more root modules', async () => {
    make({ '.github/x': '', 'a/main.tf': '' });
    await init();
    make({ 'b/main.tf': '' });
    const { stdout } = await init();
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('add them where they are judged nowhere else. ./b ');
    rmSync(join(root, '.github/workflows'), { recursive: true });
    expect((await init()).stdout).not.toContain('judged nowhere else');
    expect((await init()).stdout).not.toContain('judged nowhere else');
  });

  test('of modules of registries, also those that a local module calls, that the job brings them', async () => {
    const call = (source: string) => `module "x" {\n  source = "${source}"\n}\n`;
    make({
      '.github/x': '',
      'a/main.tf': call('../modules/a'),
      'modules/a/main.tf': call('acme/a/aws'),
      'b/main.tofu': call('git::https://example.com/b.git'),
      'c/main.tf': '',
    });
    const { notes } = await asJson();
    expect(notes.join('\n')).toContain('need access to them:\nterraform -chdir=./a get\ntofu -chdir=./b get\n');
    expect(read('.github/workflows/rds-auth-policy.yml')).not.toContain('-chdir=./c');
  });
});

describe('the configuration', () => {
  const line = '# yaml-language-server: $schema=./node_modules/rds-auth-policy/schemas/configuration.schema.json\n';

  test('names the schema for editors, where the package is installed', async () => {
    make({ 'main.tf': '', 'node_modules/rds-auth-policy/schemas/configuration.schema.json': '{}' });
    await init();
    expect(read('rds-auth-policy.yaml').startsWith(line)).toBe(true);
    expect(readFileSync('docs/configuration.md', 'utf8')).toContain(line);
    expect(existsSync('schemas/configuration.schema.json')).toBe(true);
  });

  test('has no schema that is not there, and says how', async () => {
    make({ 'main.tf': '' });
    await init();
    // As the language server looks for it, in any comment.
    expect(read('rds-auth-policy.yaml')).not.toMatch(/^\s*#\s+yaml-language-server\s*:/m);
    expect(read('rds-auth-policy.yaml')).toContain(line.slice(2).trim());
  });
});

describe('the job for GitLab', () => {
  test.each<[name: string, main: string | null, stage: string, note: string]>([
    ['no pipeline', null, 'test', ''],
    ['an empty one', '', 'test', 'include:\n  - local: /.gitlab/rds-auth-policy.yml\n'],
    ['stages of its own', 'stages: [build, deploy]\n', 'build', 'Add to .gitlab-ci.yml:\ninclude:'],
    ['stages with the usual one', 'stages: [.pre, build, test]\n', 'test', 'Add to .gitlab-ci.yml:\ninclude:'],
    ['stages of which one is always there', 'stages:\n  - .pre\n  - "lint: all"\n', 'lint: all', ''],
    ['an include', 'include: /a.yml\nstages: [a]\n', 'a', 'Make a list of include, and add to it in'],
    ['a list of them', 'include: [{ local: /a.yml }]\nstages: [a]\n', 'a', 'Add to the list include in .gitlab-ci.yml'],
    ['stages of another file', 'include: [{ local: /a.yml }]\n', 'test', 'put another after stage: in .gitlab/rds'],
    ['stages that are computed', 'x: &x [a]\nstages: !reference [.x, stages]\n', 'a?', 'put another after stage:'],
    ['what is no YAML', 'a: [\n', 'test', 'put another after stage:'],
    ['what is nested too deeply', `a: ${'['.repeat(20_000)}\n`, 'test', 'put another after stage:'],
    ['jobs for merge requests', 'x:\n  rules:\n    - if: $CI_MERGE_REQUEST_IID\n', 'test', 'the rules of the others'],
    ['a header', 'spec:\n  inputs: {}\n---\nstages: [a]\n', 'a', ''],
    ['a reference in a job', 'stages: [a]\nx:\n  script: [!reference [.y, script]]\n', 'a', ''],
  ])('is in a stage that is there: %s', async (_, main, stage, note) => {
    make({ 'main.tf': '', '.gitlab/x': '', ...(main === null ? {} : { '.gitlab-ci.yml': main }) });
    const { notes } = await asJson();
    const job = parse(read('.gitlab/rds-auth-policy.yml'))['.rds-auth-policy'];
    expect(job).toMatchObject({ needs: [], inherit: { default: false } });
    if (!stage.endsWith('?')) expect(job.stage).toBe(stage);
    expect(notes.join('\n')).toContain(note);
  });

  test.each([
    ['stages: [test]\n', undefined],
    ['workflow:\n  rules:\n    - if: $CI_MERGE_REQUEST_IID\n', [{ when: 'on_success' }]],
  ])('runs where the pipeline does: %j', async (main, rules) => {
    make({ 'main.tf': '', '.gitlab-ci.yml': main });
    await init();
    expect(parse(read('.gitlab/rds-auth-policy.yml'))['.rds-auth-policy'].rules).toEqual(rules);
  });

  test('is called after its root module, and none like another', async () => {
    make({ '2/main.tf': '', "it's/main.tf": '', 'infra/prod/main.tf': '', '.gitlab/x': '' });
    await init();
    const names = Object.keys(parse(read('.gitlab/rds-auth-policy.yml'))).slice(1);
    expect(names).toEqual(['2', 'infra/prod', 'root module (3)'].map((title) => `rds-auth-policy ${title}`));
  });

  test('brings modules in an image that has the program for it', async () => {
    const call = 'module "x" {\n  source = "acme/a/aws"\n}\n';
    make({ 'a/main.tf': call, 'b/main.tofu': call, 'c/main.tf': '', '.gitlab/x': '' });
    await init();
    const jobs = parse(read('.gitlab/rds-auth-policy.yml'));
    expect(jobs['rds-auth-policy a'].image).toEqual({ name: 'hashicorp/terraform:1.13', entrypoint: [''] });
    expect(jobs['rds-auth-policy a'].script[0]).toBe('terraform -chdir=./a get\n');
    expect(jobs['rds-auth-policy b'].script.slice(0, 2)).toEqual([
      'apk add --no-cache git opentofu',
      'tofu -chdir=./b get\n',
    ]);
    expect(jobs['rds-auth-policy c'].script).toHaveLength(1);
  });
});

describe('the files for build runners', () => {
  const hostile = [
    "it's",
    '$(touch pwned)',
    '-x',
    'a b',
    '::error::x',
    '"; touch pwned #',
    '${{ x }}',
    '`touch pwned`',
  ];
  /** Of these YAML would make something else, without quotes. */
  const odd = ['a: b', 'a #b', '%x', '!x', '&x', '*x', '{x', '| x', 'é 🙂', '\\n', 'true', '~'];
  /** Of these YAML 1.1, editors or readers make something else than a name. */
  const unwritable = [
    ...['\u2028', '\u2029', '\u0085', '\n', '\r', '\u000b'].map((line) => `x${line}      - run: touch pwned #`),
    ...['\u202e', '\u200b', '\ufeff', '\uffff', '\u0007', '\u001b[2J'].map((sign) => `y${sign}y`),
  ];

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

  const ciFiles: Readonly<Record<string, string>> = {
    '.github/x': '.github/workflows/rds-auth-policy.yml',
    '.gitlab-ci.yml': '.gitlab/rds-auth-policy.yml',
    'azure-pipelines.yml': '.azure-pipelines/rds-auth-policy.yml',
  };

  type Job = { readonly script: readonly string[]; readonly before_script: readonly string[] };
  /** What runs for each root module, as text. */
  const scripts: Readonly<Record<string, () => readonly string[]>> = {
    '.github/x': () => {
      const { jobs } = parse(read('.github/workflows/rds-auth-policy.yml'));
      return jobs['rds-logins'].steps.flatMap(({ run }: { run?: string }) => run ?? []).slice(1);
    },
    '.gitlab-ci.yml': () => {
      const { '.rds-auth-policy': base, ...jobs } = parse(read('.gitlab/rds-auth-policy.yml'));
      return Object.values(jobs as Record<string, Job>).map(({ script }) =>
        [...base.before_script, ...script].join('\n'),
      );
    },
    'azure-pipelines.yml': () =>
      parse(read('.azure-pipelines/rds-auth-policy.yml'))
        .steps.flatMap(({ bash }: { bash?: string }) => bash ?? [])
        .slice(1),
  };

  test.each(Object.keys(ciFiles))(
    'with %s, judges every root module by itself, whatever it is called',
    async (sign) => {
      make({ [sign]: '' });
      for (const name of [...hostile, ...unwritable]) cpSync('examples/orders/main.tf', join(root, name, 'main.tf'));
      await init();
      const env = runner();
      const all = scripts[sign]?.() ?? [];
      expect(all).toHaveLength(hostile.length);
      const said = all.map((script) =>
        runScript(['bash', '-eo', 'pipefail'], script, root, env, join(root, '.runner')),
      );
      expect(said.map(({ code, stderr }) => [code, stderr])).toEqual(all.map(() => [1, '']));
      for (const name of hostile.filter((folder) => /^[\w -]+$/.test(folder)))
        expect(said.filter(({ stdout }) => stdout.includes(`${name}/main.tf`))).toHaveLength(1);
      expect(existsSync(join(root, 'pwned'))).toBe(false);
    },
  );

  test.each(Object.keys(ciFiles))('with %s, are text that every reader of YAML ends lines in alike', async (sign) => {
    make({ [sign]: '' });
    for (const name of [...hostile, ...odd, ...unwritable]) make({ [`${name}/main.tf`]: provider });
    const { notes, found } = await asJson();
    const text = read(ciFiles[sign] ?? '');
    // What YAML 1.1 allows, without what ends a line in it.
    expect(text).toMatch(/^[\n\x20-\x7e\xa0-\u2027\u202f-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10fffd}]*$/u);
    expect(found[0]).toMatch(new RegExp(`^${hostile.length + odd.length} root modules`));
    expect(notes.join('\n')).toContain('Their names have signs that may stand in no file of a build runner:');
    const reader = 'import json, sys, yaml\nprint(json.dumps(yaml.safe_load(sys.stdin)))';
    const python = spawnSync('python3', ['-c', reader], { input: text, encoding: 'utf8' });
    if (/No module named|ENOENT/.test(`${python.stderr}${python.error}`)) return;
    // In YAML 1.1 the key `on` is true.
    const { true: on, ...others } = JSON.parse(python.stdout);
    expect(on === undefined ? others : { ...others, on }).toEqual(parse(text));
  });

  test('install modules of registries first, each root module with its program', async () => {
    const call = 'module "x" {\n  source = "acme/a/aws"\n}\n';
    make({ '.github/x': '', "it's/main.tf": call, 'b/main.tofu': call });
    await init();
    const env = runner();
    for (const name of ['terraform', 'tofu'])
      writeFileSync(join(root, '.runner', name), `#!/bin/sh\necho ${name} "$@" >> log\n`, { mode: 0o755 });
    const { jobs } = parse(read('.github/workflows/rds-auth-policy.yml'));
    const { steps } = jobs['rds-logins'];
    expect(steps.flatMap(({ uses }: { uses?: string }) => uses ?? []).slice(2)).toEqual([
      'hashicorp/setup-terraform@v3',
      'opentofu/setup-opentofu@v1',
    ]);
    for (const script of scripts['.github/x']?.() ?? [])
      runScript(['bash', '-eo', 'pipefail'], script, root, env, join(root, '.runner'));
    expect(read('log')).toBe("tofu -chdir=./b get\nterraform -chdir=./it's get\n");
  });

  test('nothing of a tree is an expression of GitHub', async () => {
    make({ '.github/x': '', '${{ github.token }}/main.tf': provider });
    await init();
    const text = read('.github/workflows/rds-auth-policy.yml');
    expect([...text.matchAll(/\$\{\{ (.*?) \}\}/g)].map(([, expression]) => expression)).toEqual([
      'runner.temp',
      "!cancelled() && steps.install.outcome == 'success'",
    ]);
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
