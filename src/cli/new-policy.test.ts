import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { subjectKinds } from '../model/judgement.ts';
import { runMain } from './run.test-support.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rds-auth-new-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const make = (...argv: readonly string[]) => runMain(['policies', 'new', ...argv]);

test.each(subjectKinds)('a policy about %s loads, and a case of each outcome passes', async (subject) => {
  const { code } = await make('acme-new', '--policies', join(folder, 'acme'), '--subject', subject);
  expect(code).toBe(0);
  const tested = await runMain(['test', folder, '--threshold', '100']);
  expect([tested.code, tested.stderr]).toEqual([0, '']);
  expect(tested.stdout).toMatch(/^3 passed, 0 failed .*\n\n100 % of outcomes covered/);
});

test('it says what it wrote, and what to do next', async () => {
  const root = join(folder, 'acme');
  const { code, stdout } = await make('acme-new', '--policies', root);
  expect(code).toBe(0);
  const written = [...stdout.matchAll(/^wrote (.*)$/gm)].map(([, path = '']) => path);
  expect(written).toHaveLength(4);
  expect(written.every((path) => existsSync(path))).toBe(true);
  expect(stdout).toContain(`rds-auth-policy test ${root}/acme-new --coverage`);
  expect(readFileSync(join(root, 'acme-new/policy.yaml'), 'utf8')).toMatch(
    /^id: acme-new\nset: acme\n.*\nsubject: proxy\n/,
  );
});

test('as JSON, the files that were written', async () => {
  const { stdout } = await make('acme-new', '--policies', folder, '--set', 'acme', '--format', 'json');
  expect(JSON.parse(stdout).written).toHaveLength(4);
  expect(readFileSync(join(folder, 'acme-new/policy.yaml'), 'utf8')).toContain('\nset: acme\n');
});

test('the schema for editors, where it is at hand', async () => {
  mkdirSync(join(folder, 'node_modules/rds-auth-policy/schemas'), { recursive: true });
  writeFileSync(join(folder, 'node_modules/rds-auth-policy/schemas/policy.schema.json'), '{}');
  await make('acme-new', '--policies', join(folder, 'acme'));
  const [first] = readFileSync(join(folder, 'acme/acme-new/policy.yaml'), 'utf8').split('\n');
  expect(first).toBe('# yaml-language-server: $schema=../../node_modules/rds-auth-policy/schemas/policy.schema.json');
});

test('what is there stays as it is', async () => {
  mkdirSync(join(folder, 'acme-new'));
  writeFileSync(join(folder, 'acme-new/policy.yaml'), 'mine');
  const { code, stderr } = await make('acme-new', '--policies', folder);
  expect(code).toBe(2);
  expect(stderr.replaceAll(/\s+/g, ' ')).toContain('This is there already.');
  expect(readFileSync(join(folder, 'acme-new/policy.yaml'), 'utf8')).toBe('mine');
  expect(existsSync(join(folder, 'acme-new/cases'))).toBe(false);
});

describe('refused', () => {
  test.each([
    [[], 'The action new takes the id of one policy.'],
    [['a', 'b'], 'The action new takes the id of one policy.'],
    [['Acme'], 'An id is kebab-case'],
    [['../acme'], 'An id is kebab-case'],
    [['proxy-iam-requires-tls'], 'There is already a built-in policy proxy-iam-requires-tls.'],
    [['acme-new', '--policies', 'b'], 'give --policies once'],
    [['acme-new', '--set', 'a,b'], 'give --set once'],
    [['acme-new', '--set', 'A'], 'A set is kebab-case'],
    [['acme-new', '--subject', 'proxi'], 'The option --subject takes database, proxy,'],
  ])('%j', async (argv, said) => {
    const { code, stderr } = await make(...argv, '--policies', join(folder, 'x'));
    expect(code).toBe(2);
    expect(stderr.replaceAll(/\s+/g, ' ')).toContain(said);
    expect(existsSync(join(folder, 'x'))).toBe(false);
  });

  test('a subject for what makes no policy', async () => {
    const { code, stderr } = await runMain(['policies', 'list', '--subject', 'proxy']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('no meaning but for policies new')]);
  });

  test('a directory that cannot be made', async () => {
    writeFileSync(join(folder, 'x.tgz'), '');
    const { code, stderr } = await make('acme-new', '--policies', join(folder, 'x.tgz'));
    expect([code, stderr]).toEqual([2, expect.stringMatching(/cannot be made \((ENOTDIR|EEXIST)\)|there already/)]);
  });
});
