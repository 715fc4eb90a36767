import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { configurationNames } from './configuration-names.ts';
import { repositoryOf } from './repository.ts';
import { type OpenedSource, type SourceOptions, openDirectory } from './source-directory.ts';

let directory = '';
beforeEach(() => {
  directory = realpathSync(mkdtempSync(join(tmpdir(), 'source-')));
});
afterEach(() => rmSync(directory, { recursive: true }));

const at = (path: string): string => join(directory, path);
const write = (path: string, content: string | Uint8Array = path): void => {
  mkdirSync(dirname(at(path)), { recursive: true });
  writeFileSync(at(path), content);
};
const isRoot = process.getuid?.() === 0;

const nothing: SourceOptions = { variables: new Map(), variableFiles: [], env: {} };
const limits = { fileBytes: 1 << 20, files: 20, totalBytes: 3 << 20 };

const open = (path: string, options: Partial<SourceOptions> = {}): OpenedSource => {
  const opening = openDirectory(at(path), { ...nothing, ...options }, limits);
  if (!opening.ok) throw new Error(opening.diagnostic.summary);
  return opening.source;
};
const pathsIn = ({ input }: OpenedSource, module: string) => input.reader.files(module)?.map(({ path }) => path);
const codesOf = (source: OpenedSource) =>
  source.diagnostics().map(({ severity, code, origin }) => [severity, code, origin?.file]);

describe('which files belong to a module', () => {
  test.each([
    [
      ['b.tf', 'a.tf', 'a.tf.json', 'Z.tf', 'README.md', 'x.tfvars', 't.tftest.hcl'],
      ['Z.tf', 'a.tf', 'a.tf.json', 'b.tf'],
    ],
    [['a.tf', '.a.tf', '.#a.tf', 'a.tf~', '#a.tf#', 'a.tf.swp', '.tf'], ['a.tf']],
    [
      ['main_override.tf', 'override.tf.json'],
      ['main_override.tf', 'override.tf.json'],
    ],
    [
      ['a.tf', 'a.tofu', 'b.tf', 'c.tf.json', 'c.tofu.json', 'd.tofu', 'd.tf.json'],
      ['a.tofu', 'b.tf', 'c.tofu.json', 'd.tf.json', 'd.tofu'],
    ],
  ])('%j', (names, expected) => {
    expect(configurationNames(names)).toEqual(expected);
  });
});

describe('paths', () => {
  test.each([
    ['a repository', 'r/.git/config', 'r/live/prod', 'live/prod', ['live/prod/../../m'], 'm/main.tf'],
    ['a work tree, whose .git is a file', 'r/.git', 'r/live', 'live', ['live/./m', 'live//m'], 'live/m/main.tf'],
    ['its root', 'r/.git', 'r', '.', ['./m', 'm'], 'm/main.tf'],
    ['no repository', 'x', 'r/live', 'live', ['live/../m'], 'm/main.tf'],
    ['above it', 'r/.git', 'r', '.', ['../n'], '../n/main.tf'],
  ])('%s', (_, mark, root, shown, modules, file) => {
    write(mark);
    write(`${root}/main.tf`);
    write(join(mark.startsWith('r') ? 'r' : '.', file.replace(/^live\/m/, 'live/m')));
    write(`r/${file}`);
    const source = open(root);
    expect(source.input.root).toBe(shown);
    expect(pathsIn(source, shown)).toEqual([join(shown, 'main.tf')]);
    for (const module of modules) expect(pathsIn(source, module)).toEqual([file]);
    expect(codesOf(source)).toEqual([]);
  });

  test('below the current directory they are relative to it, outside of a repository', () => {
    const before = process.cwd();
    write('a/b/main.tf');
    process.chdir(directory);
    try {
      const opening = openDirectory('a/b', nothing);
      expect(opening.ok ? [opening.source.input.label, opening.source.input.root] : opening).toEqual(['a/b', 'a/b']);
    } finally {
      process.chdir(before);
    }
  });
});

test.each([
  ['/none-such', '/', '/none-such'],
  ['/none-such', tmpdir(), '/none-such'],
  ['/none-such/config', '/', '/none-such/config'],
  ['/none-such/config', tmpdir(), '/none-such'],
])('%s, read from %s, is relative to %s: never to the root of all files', (path, current, expected) => {
  expect(repositoryOf(path, current)).toBe(expected);
});

describe('what is read of a directory', () => {
  test('nothing until it is asked for, and each file once', () => {
    write('r/main.tf', 'before');
    const source = open('r');
    write('r/main.tf', 'after');
    expect(source.input.reader.files('r')).toEqual([{ path: 'r/main.tf', text: 'after' }]);
    write('r/main.tf', 'later');
    expect(source.input.reader.files('r/../r')).toEqual([{ path: 'r/main.tf', text: 'after' }]);
  });

  test('a byte order mark is no part of the text, line ends are', () => {
    write('r/main.tf', '\ufeffa = 1\r\n');
    expect(open('r').input.reader.files('r')).toEqual([{ path: 'r/main.tf', text: 'a = 1\r\n' }]);
  });

  test('links are followed to files and directories', () => {
    write('shared.txt', 'a = 1');
    write('m/main.tf');
    write('r/main.tf');
    symlinkSync(at('shared.txt'), at('r/shared.tf'));
    symlinkSync(at('m'), at('r/module'));
    const source = open('r');
    expect(pathsIn(source, 'r')).toEqual(['r/main.tf', 'r/shared.tf']);
    expect(pathsIn(source, 'r/module')).toEqual(['r/module/main.tf']);
    expect(codesOf(source)).toEqual([]);
  });

  test.each<[string, (path: string) => void, RegExp]>([
    ['a named pipe', (path) => execFileSync('mkfifo', [path]), /no regular file/],
    ['a link to a device', (path) => symlinkSync('/dev/zero', path), /no regular file/],
    ['a link to a directory', (path) => symlinkSync(directory, path), /no regular file/],
    ['a link that leads nowhere', (path) => symlinkSync('/none', path), /no such file/],
    ['a link to itself', (path) => symlinkSync(path, path), /ELOOP/],
    ['no UTF-8', (path) => writeFileSync(path, Buffer.from('na\u00efve', 'latin1')), /not text in UTF-8/],
    ['UTF-16', (path) => writeFileSync(path, Buffer.from('\ufeffa', 'utf16le')), /not text in UTF-8/],
    [
      'a file that is too large',
      (path) => {
        writeFileSync(path, '');
        truncateSync(path, (1 << 20) + 1);
      },
      /larger than 1 MiB/,
    ],
  ])('%s is a diagnostic, and the others are there', (_, make, summary) => {
    write('r/main.tf');
    make(at('r/x.tf'));
    const source = open('r');
    expect(pathsIn(source, 'r')).toEqual(['r/main.tf']);
    expect(codesOf(source)).toEqual([['error', 'source-unreadable', 'r/x.tf']]);
    expect(source.diagnostics()[0]?.summary).toMatch(summary);
  });

  (isRoot ? test.skip : test)('a file that may not be read is a diagnostic (not as root, who may read all)', () => {
    write('r/main.tf');
    execFileSync('chmod', ['0', at('r/main.tf')]);
    const source = open('r');
    expect(pathsIn(source, 'r')).toEqual([]);
    expect(codesOf(source)).toEqual([['error', 'source-unreadable', 'r/main.tf']]);
  });

  test.each(['r/none', 'r/main.tf', '../../../none'])('%s is no module', (module) => {
    write('r/main.tf');
    const source = open('r');
    expect(source.input.reader.files(module)).toBeNull();
    expect(codesOf(source)).toEqual([]);
  });

  test('more files than the limit, and more bytes', () => {
    for (let i = 0; i < 25; i++) write(`many/${i}.tf`);
    for (let i = 0; i < 4; i++) write(`large/${i}.tf`, ' '.repeat(1 << 20));
    const many = open('many');
    expect(pathsIn(many, 'many')).toHaveLength(20);
    expect(many.diagnostics().map(({ summary }) => summary)).toEqual(['The configuration has more than 20 files.']);
    const source = open('large');
    expect(pathsIn(source, 'large')).toHaveLength(3);
    expect(source.diagnostics().map(({ summary }) => summary)).toEqual(['The configuration is larger than 3 MiB.']);
  });
});

describe('other files, for file and templatefile', () => {
  test('are those of the repository', () => {
    write('r/.git/config');
    write('r/live/main.tf');
    write('r/live/policy.json', '{}');
    write('r/shared.json', '[]');
    write('outside.txt', 'canary-outside');
    write('r/large.json', ' '.repeat((1 << 20) + 1));
    symlinkSync(at('outside.txt'), at('r/live/link.txt'));
    symlinkSync(directory, at('r/live/up'));
    symlinkSync(at('r/shared.json'), at('r/live/link.json'));
    execFileSync('mkfifo', [at('r/live/pipe')]);
    const { text } = open('r/live').input.reader;
    const read = (path: string) => [path, text(path)];
    expect(['live/policy.json', './live/../shared.json', 'live/link.json', at('r/shared.json')].map(read)).toEqual([
      ['live/policy.json', '{}'],
      ['./live/../shared.json', '[]'],
      ['live/link.json', '[]'],
      [at('r/shared.json'), '[]'],
    ]);
    const refused = [
      'live/link.txt',
      'live/up/outside.txt',
      '../outside.txt',
      at('outside.txt'),
      '/etc/hostname',
      '/dev/zero',
      'live/pipe',
      'live',
      'large.json',
      'live/none',
      'live/\u0000',
      '',
    ];
    expect(refused.filter((path) => text(path) !== null)).toEqual([]);
  });
});

describe('modules', () => {
  test('of modules.json, below the root module', () => {
    write('r/.git/config');
    write('r/live/main.tf');
    const modules = [
      { Key: '', Source: '', Dir: '.' },
      { Key: 'db', Source: 'registry.terraform.io/x/rds/aws', Version: '6.1.0', Dir: '.terraform/modules/db' },
      { Key: 'db.inner', Source: './modules/inner', Dir: '.terraform/modules/db/modules/inner' },
      { Key: 'local', Source: '../m', Dir: '../m' },
    ];
    write('r/live/.terraform/modules/modules.json', JSON.stringify({ Modules: modules }));
    expect([...open('r/live').input.modules]).toEqual([
      ['db', 'live/.terraform/modules/db'],
      ['db.inner', 'live/.terraform/modules/db/modules/inner'],
      ['local', 'm'],
    ]);
    const data = join('..', 'data');
    write('r/data/modules/modules.json', JSON.stringify({ Modules: modules.slice(0, 2) }));
    expect([...open('r/live', { env: { TF_DATA_DIR: data } }).input.modules.keys()]).toEqual(['db']);
  });

  test.each(['', '{', '{}', '[1]', '{"Modules":[{"Key":"a"}]}', '{"Modules":{}}', 'null'])('%j is damaged', (text) => {
    write('r/main.tf');
    write('r/.terraform/modules/modules.json', text);
    const source = open('r');
    expect(source.input.modules.size).toBe(0);
    expect(codesOf(source)).toEqual([['warning', 'source-unreadable', 'r/.terraform/modules/modules.json']]);
  });
});

describe('variables and workspace', () => {
  test('files in the order of Terraform, those of the command line last', () => {
    const names = ['b.auto.tfvars', 'terraform.tfvars.json', 'a.auto.tfvars.json', 'terraform.tfvars', 'other.tfvars'];
    for (const name of ['main.tf', ...names]) write(`r/${name}`);
    write('prod.tfvars', 'a = 1');
    const variableFiles = [relative(process.cwd(), at('prod.tfvars'))];
    expect(open('r', { variableFiles }).input.variableFiles.map(({ path }) => path)).toEqual([
      'r/terraform.tfvars',
      'r/terraform.tfvars.json',
      'r/a.auto.tfvars.json',
      'r/b.auto.tfvars',
      'prod.tfvars',
    ]);
  });

  test.each([
    ['none.tfvars', 'input-not-found'],
    ['.', 'source-unreadable'],
  ])('--var-file %s is an error', (name, code) => {
    write('r/main.tf');
    const path = at(name);
    expect(codesOf(open('r', { variableFiles: [path] }))).toEqual([['error', code, path]]);
  });

  test('of the environment and the command line', () => {
    write('r/main.tf');
    const variables = new Map([['a', '1']]);
    const env = { TF_VAR_b: '["x"]', TF_VAR_: 'y', TF_VARIABLE: 'z', PATH: '/bin' };
    const { input } = open('r', { variables, env });
    expect(input.variables).toEqual(variables);
    expect([...input.environmentVariables]).toEqual([
      ['b', '["x"]'],
      ['', 'y'],
    ]);
  });

  test.each([
    [{}, undefined, 'default'],
    [{}, 'prod\n', 'prod'],
    [{}, '', 'default'],
    [{ TF_WORKSPACE: 'dev' }, 'prod', 'dev'],
    [{ TF_WORKSPACE: '' }, 'prod', 'prod'],
  ])('%j and %j select workspace %s', (env, selected, workspace) => {
    write('r/main.tf');
    if (selected !== undefined) write('r/.terraform/environment', selected);
    expect(open('r', { env }).input.workspace).toBe(workspace);
  });

  test('the lock file, where it is there', () => {
    write('r/main.tf');
    expect(open('r').input.lockFile).toBeNull();
    write('r/.terraform.lock.hcl', '# lock');
    expect(open('r').input.lockFile).toEqual({ path: 'r/.terraform.lock.hcl', text: '# lock' });
  });
});

describe('what is no configuration', () => {
  test.each([
    ['none', /no such directory/],
    ['empty', /no Terraform configuration/],
    ['hidden', /no Terraform configuration/],
    ['r/main.tf', /one file of a configuration/],
    ['r/main.tf.json', /one file of a configuration/],
    ['r/plan.json', /not the directory/],
    ['r/plan.json/x', /no such directory/],
  ])('%s', (path, summary) => {
    for (const file of ['r/main.tf', 'r/main.tf.json', 'r/plan.json', 'hidden/.x.tf', 'empty/x.txt']) write(file);
    const opening = openDirectory(at(path), nothing);
    expect(opening).toMatchObject({ ok: false, diagnostic: { severity: 'error', code: 'source-not-found' } });
    expect(opening.ok ? '' : opening.diagnostic.summary).toMatch(summary);
  });
});
