import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { expandContext } from './expand-context.ts';
import { readPolicyFolder } from './read-policy-folder.ts';
import { writeOutput } from './write-output.ts';

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'files-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

const at = (path: string): string => join(directory, path);

const write = (...paths: readonly string[]): void => {
  for (const path of paths) {
    mkdirSync(dirname(at(path)), { recursive: true });
    writeFileSync(at(path), path);
  }
};

describe('expandContext', () => {
  const expand = async (...written: readonly string[]) => {
    const { files, diagnostics } = await expandContext(written.map(at));
    return { files: files.map((file) => relative(directory, file)), diagnostics };
  };

  test.each([
    [['b.json'], ['b.json']],
    [['*.json'], ['a.json', 'b.json']],
    [['states/**/*.json'], ['states/one.json', 'states/x/two.json']],
    [['{a,b}.json'], ['a.json', 'b.json']],
    [
      ['?.json', 'a.json'],
      ['a.json', 'b.json'],
    ],
    [['plan[0].json'], ['plan[0].json']],
    [['states/[a-z]*.json'], ['states/one.json']],
  ])('%j', async (written, expected) => {
    write('b.json', 'a.json', 'c.txt', 'plan[0].json', 'states/x/two.json', 'states/one.json');
    const { files, diagnostics } = await expand(...written);
    expect(files.filter((file) => file !== 'plan[0].json' || written[0] === file)).toEqual(expected);
    expect(diagnostics).toEqual([]);
  });

  test('paths relative to the current directory and above it stay relative', async () => {
    write('a.json');
    const pattern = join(relative(process.cwd(), directory), '*.json');
    expect((await expandContext([pattern])).files).toEqual([join(relative(process.cwd(), directory), 'a.json')]);
  });

  test('what matches nothing is an error each', async () => {
    write('a.json');
    const { files, diagnostics } = await expand('a.json', 'b.json', 'c*.json');
    expect(files).toEqual(['a.json']);
    expect(diagnostics).toMatchObject([
      { severity: 'error', code: 'input-not-found', summary: 'There is no such file.', origin: { file: at('b.json') } },
      { severity: 'error', code: 'input-not-found', summary: 'No file matches this pattern.' },
    ]);
  });
});

describe('readPolicyFolder', () => {
  test('every policy below, in order', () => {
    write('z/policy.yaml', 'a/b/policy.yml', 'a/cases/main.tf', 'node_modules/x/policy.yaml', 'policy.json');
    expect(readPolicyFolder(directory)).toEqual({
      ok: true,
      files: ['a/b/policy.yml', 'z/policy.yaml'].map((path) => ({ path: at(path), text: path })),
    });
  });

  test('one file', () => {
    write('mine.yaml');
    expect(readPolicyFolder(at('mine.yaml'))).toMatchObject({ ok: true, files: [{ text: 'mine.yaml' }] });
  });

  test.each([
    ['', /no policy\.yaml/],
    ['missing', /no such directory/],
  ])('%p is an error', (path, summary) => {
    const folder = readPolicyFolder(at(path));
    expect(folder).toMatchObject({ ok: false, diagnostic: { severity: 'error', code: 'policy-not-found' } });
    expect(folder.ok ? '' : folder.diagnostic.summary).toMatch(summary);
  });
});

describe('writeOutput', () => {
  test('a new file, and over an old one', () => {
    for (const text of ['first, longer', 'second']) {
      expect(writeOutput(at('report.json'), text)).toBeNull();
      expect(readFileSync(at('report.json'), 'utf8')).toBe(text);
    }
    expect(readdirSync(directory)).toEqual(['report.json']);
  });

  test('a link stays a link', () => {
    write('target');
    symlinkSync(at('target'), at('link'));
    expect(writeOutput(at('link'), 'text')).toBeNull();
    expect(readFileSync(at('target'), 'utf8')).toBe('text');
    expect(readdirSync(directory).sort()).toEqual(['link', 'target']);
  });

  test('a device is written, not replaced', () => {
    expect(writeOutput('/dev/null', 'text')).toBeNull();
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
  });

  test('directories that are not there are made', () => {
    expect(writeOutput(at('some/where/report.json'), 'text')).toBeNull();
    expect(readFileSync(at('some/where/report.json'), 'utf8')).toBe('text');
  });

  test.each([
    'main.tf',
    'main.tofu',
    'cdk.tf.json',
    'prod.auto.tfvars',
    'terraform.tfvars.json',
    'terraform.tfstate',
    '.terraform.lock.hcl',
    'rds-auth-policy.yaml',
    '.rds-auth-policy.yaml',
  ])('%s is read, and never written', (name) => {
    expect(writeOutput(at(name), 'text')?.summary).toMatch(/no report is written over/);
    expect(existsSync(at(name))).toBe(false);
  });

  test('nor by a link of another name', () => {
    writeFileSync(at('main.tf'), 'resource');
    symlinkSync(at('main.tf'), at('report.json'));
    expect(writeOutput(at('report.json'), 'text')?.summary).toMatch(/no report is written over/);
    expect(readFileSync(at('main.tf'), 'utf8')).toBe('resource');
  });

  test.each([['', /is a directory/]])('%p fails and leaves nothing', (path, summary) => {
    const diagnostic = writeOutput(at(path), 'text');
    expect(diagnostic).toMatchObject({ severity: 'error', code: 'output-not-written' });
    expect(diagnostic?.summary).toMatch(summary);
    expect(readdirSync(directory)).toEqual([]);
  });
});
