import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { runMain } from './run.test-support.ts';

// Where the text of a configuration comes from: a directory that is named, or one that is found beside a plan.

const scenario = 'testdata/scenarios/mistake-tls-off';
const genuine = readFileSync(`${scenario}/plan.json`, 'utf8');
const text = readFileSync(`${scenario}/config/main.tf`, 'utf8');

let directory = '';
beforeEach(() => {
  directory = realpathSync(mkdtempSync(join(tmpdir(), 'cli-source-')));
});
afterEach(() => rmSync(directory, { recursive: true }));

const at = (path: string): string => join(directory, path);
const write = (path: string, content: string | Uint8Array = ''): string => {
  mkdirSync(dirname(at(path)), { recursive: true });
  writeFileSync(at(path), content);
  return at(path);
};
const plan = (path = 'plan.json'): string => write(path, genuine);
const latin1 = Buffer.from('# na\u00efve', 'latin1');
const other = 'resource "aws_vpc" "other" {\n}\n';

const run = async (...argv: readonly string[]) => {
  const { code, stdout, stderr } = await runMain([...argv, '--format', 'json']);
  const { input, diagnostics, verdict } = JSON.parse(stdout);
  const kinds = diagnostics.map(({ severity, code: name }: Record<string, string>) => `${severity} ${name}`);
  const [judged] = input;
  return { code, stderr, verdict, judged, kinds, diagnostics, source: judged?.source };
};

describe('a directory as PLAN', () => {
  test('is judged without a plan', async () => {
    write('config/main.tf', text);
    const { judged, kinds } = await run(at('config'));
    expect(judged).toEqual({
      path: at('config'),
      kind: 'configuration',
      terraformVersion: null,
      source: at('config'),
      role: 'judged',
    });
    expect(kinds.filter((kind: string) => kind.startsWith('error'))).toEqual([]);
  });

  test.each(['check', 'matrix', 'model'])('is taken by %s', async (command) => {
    write('config/main.tf', text);
    const { code, stdout, stderr } = await runMain([command, at('config'), '--format', 'json']);
    expect([code < 2, stderr]).toEqual([true, '']);
    expect(JSON.parse(stdout).input).toMatchObject([{ kind: 'configuration', source: at('config') }]);
  });

  test('is taken by explain', async () => {
    write('config/main.tf', text);
    expect(await runMain(['explain', 'tls', at('config')])).toMatchObject({ code: 0, stderr: '' });
  });

  test.each<[string, readonly string[], string, RegExp]>([
    ['an empty directory', ['.'], 'source-not-found', /no Terraform configuration/],
    ['one that does not exist', ['none'], 'input-not-found', /no such file/],
    ['with --no-source', ['config', '--no-source'], 'usage-invalid', /--no-source contradicts/],
    ['with --source', ['config', '--source', 'x'], 'usage-invalid', /--source contradicts/],
    [
      'one of its files',
      ['config/main.tf'],
      'input-unsupported',
      /configuration \(HCL\).*Give its directory: .*config$/,
    ],
    ['one of its files, in JSON', ['config/x.tf.json'], 'input-unsupported', /in JSON.*Give its directory: .*config$/],
    ['one that holds nothing but a comment', ['config/empty.tf'], 'input-unsupported', /Give its directory/],
    ['with a file of variables that does not exist', ['config', '--var-file', 'none'], 'input-not-found', /--var-file/],
  ])('is refused: %s', async (_, [path = '', ...options], code, sentence) => {
    write('config/main.tf', text);
    write('config/x.tf.json', '{"locals":{}}');
    write('config/empty.tf', '# later');
    const refused = await run(at(path), ...options);
    expect(refused).toMatchObject({ code: 2, verdict: 'error', kinds: [`error ${code}`] });
    expect(refused.stderr.replaceAll(/\s+/g, ' ').trim()).toMatch(sentence);
  });

  test.each<[string, string | Uint8Array, RegExp]>([
    ['a syntax error', 'locals {\n  a = \n', /broken\.tf:\d+:\d+: /],
    ['no UTF-8', latin1, /broken\.tf: This is not text in UTF-8/],
  ])('with %s is no answer', async (_, content, sentence) => {
    write('config/main.tf', text);
    write('config/broken.tf', content);
    const { code, stderr } = await run(at('config'));
    expect(code).toBe(2);
    expect(stderr).toMatch(sentence);
  });
});

describe('what the text says and a plan alone does not keep', () => {
  const failing = async (path: string) => {
    const { stdout } = await runMain([path, '--format', 'json', '--set', 'reachability']);
    const { findings } = JSON.parse(stdout) as { findings: readonly { outcome: string; policy: string }[] };
    return findings.filter(({ outcome }) => outcome === 'fail').map(({ policy }) => policy);
  };

  test('that the id of a version is taken as it is, which is no ARN of a secret', async () => {
    const cases = 'policies/reachability/proxy-role-cannot-read-secret/cases';
    expect(await failing(`${cases}/unknown-version-id`)).toEqual(['proxy-role-cannot-read-secret']);
  });

  test.each(['unknown-secret-by-version-id', 'unknown-secret-by-name-prefix'])(
    'that an auth block has it as it is: %s',
    async (name) => {
      const cases = 'policies/reachability/proxy-without-credentials/cases';
      expect(await failing(`${cases}/${name}`)).toEqual(['proxy-without-credentials']);
    },
  );

  test('in whose account a provider works, by the role that it assumes', async () => {
    const main = readFileSync(
      'policies/reachability/connect-grant-other-endpoint/cases/pass-same-replica/main.tf',
      'utf8',
    );
    const role = (account: string): string =>
      `provider "aws" {\n  assume_role {\n    role_arn = "arn:aws:iam::${account}:role/terraform"\n  }\n`;
    expect(main).toContain(':123456789012:');
    write('main.tf', main.replace('provider "aws" {\n', role('123456789012')));
    expect(await failing(directory)).toEqual([]);
    write('main.tf', main.replace('provider "aws" {\n', role('333344445555')));
    expect(await failing(directory)).toEqual(['connect-arn-wrong-scope']);
  });
});

describe('a configuration beside a plan', () => {
  test.each<[string, readonly string[], string | null]>([
    ['in its directory', ['main.tf'], '.'],
    ['right below', ['config/main.tf'], 'config'],
    ['in its directory before one below', ['main.tf', 'config/main.tf'], '.'],
    ['the first of those below', ['b/main.tf', 'a/main.tf'], 'a'],
    ['among 20 directories', Array.from({ length: 20 }, (_, i) => `d${i}/${i === 7 ? 'main.tf' : 'x'}`), 'd7'],
    ['not among more', Array.from({ length: 21 }, (_, i) => `d${i}/${i === 7 ? 'main.tf' : 'x'}`), null],
    ['not where it is hidden', ['.terraform/main.tf', '.config/main.tf'], null],
    ['not deeper', ['a/b/main.tf'], null],
    ['not above', ['../main.tf'], null],
  ])('is found %s', async (_, files, expected) => {
    for (const file of files) write(`here/${file}`, text);
    const path = plan('here/plan.json');
    const { source, kinds, code } = await run(path);
    expect(source).toBe(expected === null ? null : join(at('here'), expected));
    expect([code, kinds.includes('warning source-differs')]).toEqual([1, false]);
  });

  test('is passed over where it is another, or broken, and has nothing in common with the plan', async () => {
    write('a/main.tf', other);
    write('b/main.tf', 'locals {\n');
    write('c/main.tf', latin1);
    write('d/main.tf', text);
    const { source, kinds } = await run(plan());
    expect(source).toBe(at('d'));
    expect(kinds.filter((kind: string) => kind.includes('source-un'))).toEqual([]);
  });

  test.each<[string, string | Uint8Array, string]>([
    ['a syntax error', 'locals {\n', 'source-unparsable'],
    ['a file that cannot be read', latin1, 'source-unreadable'],
  ])('with %s is left out with a warning', async (_, content, code) => {
    write('config/main.tf', text);
    write('config/broken.tf', content);
    const judged = await run(plan());
    expect(judged).toMatchObject({ code: 1, source: null, stderr: '' });
    expect(judged.kinds.filter((kind: string) => kind.includes('source-'))).toEqual([`warning ${code}`]);
    expect(judged.diagnostics[0]?.detail).toContain('--no-source');
  });

  test('is asked to have the file of --var-file', async () => {
    write('config/main.tf', text);
    const { code, kinds } = await run(plan(), '--var-file', at('none.tfvars'));
    expect([code, kinds]).toEqual([2, ['error input-not-found']]);
  });

  test('is not looked for with --no-source, of standard input, or of a context', async () => {
    write('config/main.tf', text);
    write('other/config/main.tf', text);
    const path = plan();
    expect((await run(path, '--no-source')).source).toBeNull();
    const context = await runMain([path, '--context', plan('other/plan.json'), '--format', 'json']);
    expect(JSON.parse(context.stdout).input.map(({ source }: { source: unknown }) => source)).toEqual([
      at('config'),
      null,
    ]);
    const piped = await runMain(['-', '--format', 'json'], { input: genuine });
    expect(JSON.parse(piped.stdout).input).toMatchObject([{ source: null }]);
  });

  test('of each of several plans is its own', async () => {
    for (const name of ['a', 'b']) write(`${name}/config/main.tf`, text);
    const { stdout } = await runMain([plan('a/plan.json'), plan('b/plan.json'), '--format', 'json', '--quiet']);
    const sources = JSON.parse(stdout).map(({ input }: { input: { source: string }[] }) => input[0]?.source);
    expect(sources).toEqual([at('a/config'), at('b/config')]);
  });
});

describe('a binary plan, which holds no file that a template reads', () => {
  const saved = 'testdata/modules/mixed-proxy-name';
  const codes = async (path: string) => {
    const { stdout } = await runMain([path, '--terraform-bin', at('none'), '--format', 'json']);
    return JSON.parse(stdout).diagnostics.map(({ code }: { code: string }) => code);
  };

  test.each([
    ['is read with the files of the directory that it was made in', '', true],
    ['is read alone where the directory beside it is another', '\n# changed since\n', false],
  ])('%s', async (_, more, isDecided) => {
    cpSync(saved, at('x'), { recursive: true });
    const main = at('x/config/main.tf');
    writeFileSync(main, readFileSync(main, 'utf8') + more);
    expect((await codes(at('x/plan.tfplan'))).includes('iam-document-undecided')).toBe(!isDecided);
  });
});

describe('--source', () => {
  test('is used, of a plan from standard input too', async () => {
    write('elsewhere/main.tf', text);
    write('config/main.tf', text);
    expect(await run(plan(), '--source', at('elsewhere'))).toMatchObject({ source: at('elsewhere') });
    const piped = await runMain(['-', '--format', 'json', '--source', at('elsewhere')], { input: genuine });
    expect(JSON.parse(piped.stdout)).toMatchObject({ input: [{ source: at('elsewhere') }] });
  });

  test('is used with its modules', async () => {
    const modules = 'testdata/scenarios/end-to-end-mysql-local-module';
    cpSync(`${modules}/config`, at('config'), { recursive: true });
    const { source, kinds } = await run(`${modules}/plan.json`, '--source', at('config'));
    expect([source, kinds.filter((kind: string) => kind.includes('source-'))]).toEqual([at('config'), []]);
  });

  test('that is another is a warning, with three addresses of each side at most', async () => {
    write('other/main.tf', `${other}${other.replace('other', 'second')}`);
    const judged = await run(plan(), '--source', at('other'));
    expect(judged).toMatchObject({ code: 1, source: at('other') });
    const [warning] = judged.diagnostics.filter(({ code }: { code: string }) => code === 'source-differs');
    expect(warning).toMatchObject({ severity: 'warning', origin: { file: at('other') } });
    expect(warning.detail).toMatch(
      /^Only in the plan: \w+\.\w+, \w+\.\w+, \w+\.\w+ and \d+ more\. Only in the configuration: aws_vpc\.other, aws_vpc\.second\. /,
    );
  });

  test('says nothing of a state, which lists no blocks', async () => {
    write('config/main.tf', text);
    const state = 'testdata/lifecycle/end-to-end-modules/state.json';
    const { kinds, source } = await run(state, '--source', at('config'));
    expect([source, kinds.includes('warning source-differs')]).toEqual([at('config'), false]);
  });

  test.each<[string, string, string]>([
    ['does not exist', 'none', 'source-not-found'],
    ['is a file', 'config/main.tf', 'source-not-found'],
    ['has no configuration', 'empty', 'source-not-found'],
    ['has a syntax error', 'broken', 'source-unparsable'],
    ['cannot be read', 'unreadable', 'source-unreadable'],
  ])('that %s is no answer', async (_, path, code) => {
    write('config/main.tf', text);
    write('empty/x.txt');
    write('broken/main.tf', 'locals {\n');
    write('unreadable/main.tf', latin1);
    const refused = await run(plan(), '--source', at(path));
    expect(refused).toMatchObject({ code: 2, verdict: 'error' });
    expect(refused.kinds).toContain(`error ${code}`);
  });
});
