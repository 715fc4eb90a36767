import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { builtinPolicies } from '../index.ts';
import { runMain } from './run.test-support.ts';

const ascii = { LC_ALL: 'C' };

describe('list', () => {
  test.each([[['policies']], [['policies', 'list']]])('%j names every policy under its set', async (argv) => {
    const { code, stdout } = await runMain(argv);
    expect(code).toBe(0);
    for (const { policy } of builtinPolicies) {
      expect(stdout).toMatch(new RegExp(`^  ${policy.id} +${policy.severity} +${policy.enforcement}$`, 'm'));
      expect(stdout).toContain(policy.title.slice(0, 60));
    }
  });

  test('as JSON, with what each bears on', async () => {
    const { policies } = JSON.parse((await runMain(['policies', '--format', 'json'])).stdout);
    expect(policies).toHaveLength(builtinPolicies.length);
    expect(policies).toContainEqual(
      expect.objectContaining({
        id: 'proxy-iam-requires-tls',
        aliases: expect.arrayContaining(['B01']),
        legs: ['tls', 'listener'],
      }),
    );
  });

  test('every leg has a policy that bears on it', async () => {
    const { policies } = JSON.parse((await runMain(['policies', '--format', 'json'])).stdout);
    const legs = new Set(policies.flatMap((policy: { readonly legs: readonly string[] }) => policy.legs));
    expect([...legs].sort()).toEqual(
      ['database-user', 'engine', 'grant', 'listener', 'network', 'proxy-role', 'secret', 'target', 'tls'].sort(),
    );
  });
});

describe('search', () => {
  test.each([
    ['B01', ['proxy-iam-requires-tls']],
    ['b01', ['proxy-iam-requires-tls']],
    ['pf-rds-proxy-iam-auth-requires-tls', ['proxy-iam-requires-tls']],
    ['kms decrypt', ['proxy-role-cannot-decrypt-secret']],
    ['Kerberos', ['iam-auth-with-kerberos']],
  ])('%s', async (term, ids) => {
    const { stdout } = await runMain(['policies', 'search', ...term.split(' '), '--format', 'json']);
    expect(JSON.parse(stdout).policies.map(({ id }: { id: string }) => id)).toEqual(expect.arrayContaining(ids));
  });
});

describe('show', () => {
  test.each(['proxy-iam-requires-tls', 'B01'])('%s is what explain says', async (name) => {
    const shown = await runMain(['policies', 'show', name]);
    expect(shown.code).toBe(0);
    expect(shown.stdout).toBe((await runMain(['explain', name])).stdout);
    expect(shown.stdout).toContain('mandatory: a finding fails the run');
  });

  test('an alias of several shows them all', async () => {
    const { stdout } = await runMain(['policies', 'show', 'E07']);
    expect(stdout).toMatch(/^iam-auth-unsupported\n[\s\S]*^proxy-engine-mismatch\n/m);
    const { stdout: json } = await runMain(['explain', 'E07', '--format', 'json']);
    expect(JSON.parse(json).map(({ kind }: { kind: string }) => kind)).toEqual(['policy', 'policy']);
  });
});

test.each([
  [
    ['show', 'proxy-iam-requires-tsl'],
    'There is no policy proxy-iam-requires-tsl; did you mean proxy-iam-requires-tls?',
  ],
  [['show'], 'The action show takes the id or an alias of one policy.'],
  [['show', 'a', 'b'], 'The action show takes the id or an alias of one policy.'],
  [['search'], 'There is nothing to search for.'],
  [['search', 'xyzzy'], 'No policy has xyzzy in its id, aliases, title or why.'],
  [['list', 'a'], 'The action list takes nothing more.'],
  [['serach'], 'There is no action serach of policies; did you mean search?'],
  [['list', '--set', 'reachabilty'], 'There is no policy set reachabilty; did you mean reachability?'],
  [['list', '--policies', 'none'], 'none'],
])('%j has no answer', async (words, message) => {
  const { code, stdout, stderr } = await runMain(['policies', ...words], { env: { ...ascii, COLUMNS: '200' } });
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain(message);
  const json = await runMain(['policies', ...words, '--format', 'json']);
  expect([json.code, JSON.parse(json.stdout).verdict]).toEqual([2, 'error']);
});

test('policies of the user are listed, shown and searched as the built-in ones are', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'policies-'));
  mkdirSync(join(folder, 'own-names'));
  writeFileSync(
    join(folder, 'own-names', 'policy.yaml'),
    [
      'id: own-names',
      'set: own',
      'title: Database is called as we call them',
      'subject: database',
      'severity: low',
      'enforcement: advisory',
      'assert: database.address.endsWith("main") && database.supportsIam',
      'message: "{{address}}"',
      'remediation: Rename {{address}}.',
      'why: We said so.',
      'references: [https://example.com/names]',
      'aliases: [OWN.1]',
    ].join('\n'),
  );
  const own = (...words: readonly string[]) => runMain(['policies', ...words, '--policies', folder]);
  expect((await own()).stdout).toMatch(/^own \(1 policy\)$/m);
  expect((await own('--set', 'own')).stdout).not.toContain('reachability');
  expect((await own('search', 'own.1')).stdout).toContain('own-names');
  const shown = await own('show', 'own-names');
  expect(shown.stdout).toContain('Rename <address>.');
  expect(shown.stdout).toContain('Engine, version, class and mode have IAM database authentication');
  expect((await runMain(['explain', 'OWN.1', '--policies', folder])).stdout).toBe(shown.stdout);
  rmSync(folder, { recursive: true });
});
