import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { runMain } from './run.test-support.ts';

// What is said of a configuration that lacks something, and that it says what to give.

const scenario = 'testdata/scenarios/mistake-tls-off/config';

let directory = '';
beforeEach(() => {
  directory = realpathSync(mkdtempSync(join(tmpdir(), 'cli-incomplete-')));
});
afterEach(() => rmSync(directory, { recursive: true }));

const write = (path: string, content: string): void => {
  const file = join(directory, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
};

type Said = { readonly code: string; readonly summary: string; readonly detail: string; readonly origin?: object };

const said = async (code: string, ...options: readonly string[]): Promise<readonly Said[]> => {
  const { stdout } = await runMain([directory, '--format', 'json', ...options]);
  const { diagnostics } = JSON.parse(stdout);
  return diagnostics.filter((one: Said) => one.code === code);
};

const database = 'resource "aws_db_instance" "main" {\n  engine = var.engine\n}\n';

test('modules that are not installed are said together, a directory that is not there apart', async () => {
  const calls = [
    'module "vpc" {\n  source = "terraform-aws-modules/vpc/aws"\n}\n',
    'module "proxy" {\n  source = "git::https://canary-user:canary-token@git.example.com/proxy.git"\n}\n',
    'module "gone" {\n  source = "./modules/gone"\n}\n',
  ];
  write('main.tf', calls.join(''));
  const diagnostics = await said('module-not-found');
  expect(diagnostics.map(({ summary, detail }) => [summary, detail])).toEqual([
    [
      'module.vpc, module.proxy are not installed: what they make stays undecided.',
      'In the directory of the root module, type:\n  terraform init',
    ],
    [
      'module.gone has the source ./modules/gone, where no configuration is: what it makes stays undecided.',
      'Look at the path: it is relative to the directory of this file.',
    ],
  ]);
  expect(diagnostics.map(({ origin }) => origin)).toMatchObject([{ line: 1 }, { line: 7 }]);
  expect(JSON.stringify(diagnostics)).not.toContain('canary');
});

test('where a module could not be read, nothing found is not nothing there', async () => {
  write('main.tf', 'module "db" {\n  source = "terraform-aws-modules/rds/aws"\n}\n');
  const sentence = /No database and no proxy in what could be read; modules that are not installed may hold some/i;
  for (const format of ['pretty', 'markdown', 'html']) {
    const { code, stdout } = await runMain([directory, '--format', format]);
    expect([code, stdout.replaceAll(/\s+/g, ' ')]).toEqual([0, expect.stringMatching(sentence)]);
    expect(stdout).not.toContain('nothing to check');
  }
  const formats = ['pretty', 'markdown', 'html', 'json', 'sarif', 'junit', 'github', 'atlantis', 'gitlab-codequality'];
  for (const format of formats) {
    const { code, stdout, stderr } = await runMain([directory, '--unknown=fail', '--format', format]);
    expect([code, stdout + stderr]).toEqual([2, expect.stringMatching(/module\.db|module-not-found/)]);
  }
});

test('a plan has the resources of modules that its configuration lacks', async () => {
  const plan = 'examples/orders-fixed/plan.json';
  write(
    'main.tf',
    `module "vpc" {\n  source = "terraform-aws-modules/vpc/aws"\n}\n${readFileSync('examples/orders-fixed/main.tf', 'utf8')}`,
  );
  const { code, stdout } = await runMain([plan, '--source', directory, '--unknown=fail', '--format', 'json']);
  const { verdict, diagnostics } = JSON.parse(stdout);
  expect([code, verdict]).toEqual([0, 'pass']);
  expect(diagnostics).toMatchObject([{ code: 'module-not-found', severity: 'warning' }]);
});

test.each<[string, readonly string[], readonly string[]]>([
  ['no file', [], []],
  [
    'files that Terraform takes only where it is told to',
    ['prod.tfvars', 'staging.tfvars.json'],
    ['prod.tfvars', 'staging.tfvars.json'],
  ],
  ['files that Terraform takes unasked', ['terraform.tfvars', 'x.auto.tfvars'], []],
])('a variable without a value, beside %s', async (_, files, named) => {
  write('main.tf', `variable "engine" {\n  type = string\n}\n${database}`);
  for (const file of files) write(file, file.endsWith('.json') ? '{}' : '');
  const [diagnostic] = await said('variable-without-value');
  expect(diagnostic?.detail.match(/--var-file \S+/g) ?? []).toEqual(
    named.length === 0 ? ['--var-file FILE,'] : named.map((file) => `--var-file ${join(directory, file)}`),
  );
  expect(diagnostic?.origin).toMatchObject({ line: 1, column: 1, endLine: 1, endColumn: 18 });
});

test('a file that was given is not named again', async () => {
  write('main.tf', `variable "engine" {}\n${database}`);
  write('prod.tfvars', '');
  const [diagnostic] = await said('variable-without-value', '--var-file', join(directory, 'prod.tfvars'));
  expect(diagnostic?.detail).toContain('--var-file FILE');
});

test('syntax errors come in the order of the text, one at each place, and quote nothing', async () => {
  write('main.tf', 'locals {\n  a = "canary-a\\q${"\n}\n\nlocals {\n  b = "canary-b\n}\n');
  const { code, stdout, stderr } = await runMain([directory, '--verbose']);
  const places = stderr.match(/main\.tf:\d+:\d+: [^.]+/g);
  expect([code, stdout]).toEqual([2, '']);
  expect(places?.slice(0, 2)).toEqual([
    'main.tf:2:16: Invalid escape sequence',
    'main.tf:2:21: Invalid multi-line string',
  ]);
  expect(new Set(places?.map((place) => place.split(': ')[0])).size).toBe(places?.length);
  expect(stderr).not.toContain('canary');
});

test('what prevents an answer comes before all that rests on it', async () => {
  const { code, stdout, stderr } = await runMain([scenario, '--var', 'engin=canary-value']);
  expect(code).toBe(2);
  expect((stdout + stderr).replaceAll(/\s+/g, ' ')).toMatch(
    /Not all that was asked could be judged: see the errors\. error: The configuration declares no variable "engin",.* ✗ aws_iam_role/,
  );
  expect(stdout + stderr).not.toContain('canary');
});
