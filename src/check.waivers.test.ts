import { describe, expect, test } from '@jest/globals';
import { type CheckOptions, check } from './check.ts';
import type { Finding } from './model/finding.ts';
import type { Report } from './model/report.ts';
import type { WaiverRule } from './model/waiver.ts';
import { builtinPolicies } from './policy/builtin.generated.ts';
import { documentAt } from './testing/check-file.ts';
import { allow, checkFilesWith, textWith } from './testing/check-text.ts';

const today = '2026-06-15';

const rule = (changes: Partial<WaiverRule> = {}): WaiverRule => ({
  kind: 'configuration',
  policy: 'proxy-iam-requires-tls',
  address: 'aws_db_proxy.main',
  user: null,
  reason: 'Old clients.',
  expires: '2026-12-31',
  owner: null,
  origin: { file: 'rds-auth-policy.yaml', line: 3, column: 5 },
  ...changes,
});

const tlsOff = 'testdata/scenarios/mistake-tls-off/plan.json';

const checkPlan = (path: string, options: Omit<CheckOptions, 'toolVersion'>): Report =>
  check({ judged: documentAt(path), context: [] }, builtinPolicies, { ...options, toolVersion: 'test' });

const checkTextWith = (text: string, options: Partial<CheckOptions>): Report =>
  checkFilesWith(options, { 'main.tf': text });

const told = ({ policy, outcome, address, waiver, users = [] }: Finding): string =>
  [policy, outcome, address, ...users, ...(waiver === null ? [] : ['waived'])].join(' ');

const findingsIn = ({ findings }: Report, set = /^(?!waiver-)/): readonly string[] =>
  findings
    .filter(({ policy, enforcement }) => set.test(policy) && (enforcement === 'mandatory' || /^waiver/.test(policy)))
    .map(told);

const aboutWaivers = (report: Report): readonly string[] => findingsIn(report, /^waiver-/);

describe('a waiver of a configuration', () => {
  test.each<[string, Partial<WaiverRule>, boolean]>([
    ['by id and address', {}, true],
    ['by an alias', { policy: 'B01' }, true],
    ['by globs', { policy: 'proxy-*', address: '**' }, true],
    ['for another policy', { policy: 'proxy-without-target' }, false],
    ['for another address', { address: 'aws_db_proxy.other' }, false],
    ['for a user, of a finding about none', { user: 'app' }, false],
    ['until today', { expires: today }, true],
    ['until yesterday', { expires: '2026-06-14' }, false],
    ['until tomorrow', { expires: '2026-06-16' }, true],
  ])('%s', (_, changes, isWaived) => {
    const report = checkPlan(tlsOff, { waivers: [rule(changes)], today, only: ['proxy-iam-requires-tls'] });
    expect(findingsIn(report)).toEqual([`proxy-iam-requires-tls fail aws_db_proxy.main${isWaived ? ' waived' : ''}`]);
    expect(report.verdict).toBe(isWaived ? 'pass' : 'fail');
    expect(report.summary.findings).toMatchObject({ waived: isWaived ? 1 : 0 });
    // Whatever is waived, the way in does not work.
    expect(report.summary.connections.unreachable).toBe(1);
  });

  test('is in the report as it was written', () => {
    const { findings } = checkPlan(tlsOff, { waivers: [rule({ owner: 'data' })], today });
    const finding = findings.find(({ policy }) => policy === 'proxy-iam-requires-tls');
    expect(finding?.waiver).toEqual({
      kind: 'configuration',
      reason: 'Old clients.',
      expires: '2026-12-31',
      owner: 'data',
      origin: { file: 'rds-auth-policy.yaml', line: 3, column: 5 },
    });
  });

  test('of several, that which lasts longest', () => {
    const waivers = ['2026-07-01', '2027-07-01', '2026-09-01'].map((expires) => rule({ expires }));
    const report = checkPlan(tlsOff, { waivers, today });
    expect(report.findings.map(({ waiver }) => waiver?.expires)).toContain('2027-07-01');
    expect(aboutWaivers(report)).toEqual([]);
  });

  test('is no waiver where nobody says which day it is', () => {
    const report = checkPlan(tlsOff, { waivers: [rule()] });
    expect([report.verdict, report.summary.findings.waived]).toEqual(['fail', 0]);
  });

  test('covers what is undecided', () => {
    const path = 'policies/reachability/proxy-iam-requires-tls/cases/unknown-tls-after-apply/plan.json';
    const report = checkPlan(path, { waivers: [rule()], today, only: ['proxy-iam-requires-tls'] });
    expect(findingsIn(report)).toEqual(['proxy-iam-requires-tls unknown aws_db_proxy.main waived']);
    expect(report.summary.findings).toEqual({ fail: 0, unknown: 0, waived: 1 });
  });

  test('that names no policy is an error', () => {
    const { verdict, diagnostics } = checkPlan(tlsOff, {
      waivers: [rule({ policy: 'proxy-iam-requires-tsl' })],
      today,
    });
    expect(verdict).toBe('error');
    expect(diagnostics).toMatchObject([
      {
        severity: 'error',
        code: 'policy-not-found',
        summary: 'This waiver names a policy that does not exist; did you mean proxy-iam-requires-tls?',
        origin: { file: 'rds-auth-policy.yaml', line: 3 },
      },
    ]);
  });
});

describe('a waiver for one user', () => {
  test.each([
    ['security/password-in-configuration/cases/fail-instance', 'root_admin'],
    ['security/password-in-configuration/cases/fail-secret', 'app'],
    ['security/password-in-configuration/cases/fail-database-user', 'app'],
    ['organization/master-user-restricted/cases/fail-secret-of-master', 'root_admin'],
    ['organization/users-declared/cases/fail-user-of-grant', 'app'],
  ])('of whom %s is: %s', (folder, user) => {
    const [, id = ''] = folder.split('/');
    const waivers = [user, 'somebody-else'].map((name) => rule({ policy: id, address: '**', user: name }));
    const covers = (waiver: WaiverRule): readonly boolean[] =>
      checkPlan(`policies/${folder}/plan.json`, { waivers: [waiver], today, only: [id] }).findings.flatMap((finding) =>
        finding.users?.includes(user) === true ? [finding.waiver !== null] : [],
      );
    expect(waivers.map(covers)).toEqual([[true], [false]]);
  });

  const id = '${split(":", aws_db_proxy.main.arn)[6]}';
  const resources = ['root', 'app2'].map((user) => `"arn:aws:rds-db:us-east-1:123456789012:dbuser:${id}/${user}"`);
  // Two users in one policy, and the proxy has the secret of neither.
  const text = textWith({ grant: allow('rds-db:connect', `[${resources.join(', ')}]`) });
  const judge = (...users: readonly (string | null)[]): Report => {
    const waivers = users.map((user) => rule({ policy: 'connect-user-without-secret', address: '**', user }));
    return checkTextWith(text, { waivers, today, only: ['connect-user-without-secret'] });
  };
  const at = 'connect-user-without-secret fail aws_iam_role_policy.orders';

  test.each<[string, readonly (string | null)[], readonly string[]]>([
    ['nobody', [], [`${at} app2 root`]],
    ['one of two', ['app2'], [`${at} app2 waived`, `${at} root`]],
    ['each by a waiver of his own', ['app2', 'root'], [`${at} app2 waived`, `${at} root waived`]],
    ['all', [null], [`${at} app2 root waived`]],
    ['somebody else', ['other'], [`${at} app2 root`]],
  ])('covers %s', (_, users, expected) => {
    expect(findingsIn(judge(...users)).toSorted()).toEqual(expected);
  });

  test('leaves the finding of the others as it was, but for its words', () => {
    const [whole] = judge().findings;
    const parts = judge('app2').findings;
    expect(parts.map(({ fingerprint }) => fingerprint === whole?.fingerprint)).toEqual(
      parts.map(({ waiver }) => waiver === null),
    );
    expect(new Set(parts.map(({ id: own }) => own)).size).toBe(2);
    const rest = parts.find(({ waiver }) => waiver === null);
    expect(whole?.message).toContain('app2');
    expect(rest?.message).not.toContain('app2');
  });

  test('counts the causes that a finding unites', () => {
    expect(judge().findings.map(({ causes }) => causes)).toEqual([2]);
    expect(judge('app2').findings.map(({ causes }) => causes)).toEqual([undefined, undefined]);
  });
});

describe('what is said of waivers', () => {
  test.each<[string, Partial<WaiverRule>, readonly string[]]>([
    ['it is over tomorrow', { expires: '2026-06-16' }, ['waiver-expires-soon fail aws_db_proxy.main']],
    ['it is over after today', { expires: today }, ['waiver-expires-soon fail aws_db_proxy.main']],
    ['it was over yesterday', { expires: '2026-06-14' }, ['waiver-expired fail aws_db_proxy.main']],
    ['it is over in two weeks', { expires: '2026-06-29' }, ['waiver-expires-soon fail aws_db_proxy.main']],
    ['it lasts a day longer than two weeks', { expires: '2026-06-30' }, []],
    ['it covers nothing', { address: 'aws_db_proxy.x' }, ['waiver-unmatched fail aws_db_proxy.x']],
    ['it covers nothing, and is over soon', { address: 'a.b', expires: today }, ['waiver-unmatched fail a.b']],
    ['it covers nothing any more, and is over', { address: 'a.b', expires: '2020-01-01' }, ['waiver-expired fail a.b']],
  ])('%s', (_, changes, expected) => {
    const report = checkPlan(tlsOff, { waivers: [rule(changes)], today });
    expect(aboutWaivers(report)).toEqual(expected);
  });

  test('that it covers nothing, only where its policy was run', () => {
    const waivers = [rule({ policy: 'proxy-without-target' })];
    const with_ = (options: Partial<CheckOptions>) => aboutWaivers(checkPlan(tlsOff, { waivers, today, ...options }));
    expect(with_({})).toEqual(['waiver-unmatched fail aws_db_proxy.main']);
    expect(with_({ skip: ['proxy-without-target'] })).toEqual([]);
    expect(with_({ only: ['proxy-iam-requires-tls', 'waiver-unmatched'] })).toEqual([]);
  });

  test('that it covers nothing, only where all could be judged', () => {
    const waivers = [rule({ address: 'a.b' }), rule({ policy: 'none' })];
    expect(aboutWaivers(checkPlan(tlsOff, { waivers, today }))).toEqual([]);
  });

  test('of several plans, that it covers nothing, only where something has its address', () => {
    const judge = (address: string) =>
      aboutWaivers(checkPlan(tlsOff, { waivers: [rule({ policy: 'D13', address })], today, hasOtherPlans: true }));
    expect(judge('aws_db_proxy.of_another_plan')).toEqual([]);
    expect(judge('aws_db_proxy.main')).toEqual(['waiver-unmatched fail aws_db_proxy.main']);
  });

  test('when, by whom and why, at its own line', () => {
    const waivers = [rule({ expires: '2026-06-14', owner: 'data' })];
    const finding = checkPlan(tlsOff, { waivers, today }).findings.find(({ policy }) => policy === 'waiver-expired');
    expect(finding).toMatchObject({
      enforcement: 'advisory',
      message:
        'the waiver for proxy-iam-requires-tls is over since the end of 2026-06-14 (owner: data). It said: Old clients.',
      origins: [{ address: '', path: '', file: 'rds-auth-policy.yaml', line: 3, column: 5 }],
      waiver: null,
    });
  });
});

describe('an inline waiver', () => {
  const comment = '# rds-auth-policy:ignore proxy-iam-requires-tls until=2026-12-31 reason="Old clients."';
  const off = textWith({ proxy: '\n  require_tls = false' }).replace('  require_tls    = true\n', '');
  const only = ['proxy-iam-requires-tls', 'waiver-unmatched', 'waiver-expired'];

  test.each<[string, string, string]>([
    ['above the block', 'resource "aws_db_proxy" "main" {', `${comment}\nresource "aws_db_proxy" "main" {`],
    ['behind the header', 'resource "aws_db_proxy" "main" {', `resource "aws_db_proxy" "main" { ${comment}`],
    ['behind the argument', 'require_tls = false', `require_tls = false ${comment}`],
  ])('%s', (_, before, after) => {
    const text = off.replace(before, after);
    expect(text).not.toBe(off);
    expect(findingsIn(checkTextWith(text, { today, only }))).toEqual([
      'proxy-iam-requires-tls fail aws_db_proxy.main waived',
    ]);
    const ignored = checkTextWith(text, { today, only, inlineWaivers: false });
    expect(findingsIn(ignored)).toEqual(['proxy-iam-requires-tls fail aws_db_proxy.main']);
    expect(aboutWaivers(ignored)).toEqual([]);
  });

  test('that is over, or covers nothing', () => {
    const at = (text: string) => off.replace('require_tls = false', `require_tls = false ${text}`);
    expect(aboutWaivers(checkTextWith(at(comment.replace('2026-12-31', '2026-06-14')), { today, only }))).toEqual([
      'waiver-expired fail aws_db_proxy.main',
    ]);
    expect(aboutWaivers(checkTextWith(textWith({ proxy: `\n  ${comment}` }), { today, only }))).toEqual([
      'waiver-unmatched fail aws_db_proxy.main',
    ]);
  });

  test('that cannot be read waives nothing, is a warning, and the run has its verdict', () => {
    const text = off.replace('require_tls = false', `require_tls = false ${comment.replace('until', 'til')}`);
    const { verdict, diagnostics } = checkTextWith(text, { today, only });
    expect([verdict, diagnostics.map(({ severity, code }) => `${severity} ${code}`)]).toEqual([
      'fail',
      ['warning waiver-invalid'],
    ]);
  });

  test('that names no policy is a warning', () => {
    const text = off.replace('require_tls = false', `require_tls = false ${comment.replace('tls until', 'tsl until')}`);
    const { verdict, diagnostics } = checkTextWith(text, { today, only });
    expect(verdict).toBe('fail');
    expect(diagnostics).toMatchObject([
      {
        severity: 'warning',
        code: 'waiver-invalid',
        summary: 'This waiver names a policy that does not exist; did you mean proxy-iam-requires-tls?',
        origin: { file: 'main.tf' },
      },
    ]);
  });

  test('that names one policy that does not exist waives by none of them', () => {
    const both = comment.replace('proxy-iam-requires-tls', 'proxy-iam-requires-tls,proxy-iam-requires-tsl');
    expect(both).not.toBe(comment);
    const text = off.replace('require_tls = false', `require_tls = false ${both}`);
    const { verdict, summary, diagnostics } = checkTextWith(text, { today, only });
    expect([verdict, summary.findings.waived]).toEqual(['fail', 0]);
    expect(diagnostics.map(({ code }) => code)).toEqual(['waiver-invalid']);
  });

  test('in a module covers all instances, wherever the module is called', () => {
    const root = ['a', 'b']
      .map((name) => `module "${name}" {\n  for_each = toset(["x", "y"])\n  source   = "./db"\n}\n`)
      .join('');
    const files = {
      'main.tf': root,
      'db/main.tf': off.replace('require_tls = false', `require_tls = false ${comment}`),
    };
    const report = checkFilesWith({ today, only }, files);
    expect(findingsIn(report)).toEqual(
      ['a["x"]', 'a["y"]', 'b["x"]', 'b["y"]'].map(
        (call) => `proxy-iam-requires-tls fail module.${call}.aws_db_proxy.main waived`,
      ),
    );
  });

  test('at the call of a module covers all in it, and nothing of the other calls', () => {
    const root = `${comment}\nmodule "a" {\n  source = "./db"\n}\n\nmodule "b" {\n  source = "./db"\n}\n`;
    const report = checkFilesWith({ today, only }, { 'main.tf': root, 'db/main.tf': off });
    expect(findingsIn(report)).toEqual([
      'proxy-iam-requires-tls fail module.a.aws_db_proxy.main waived',
      'proxy-iam-requires-tls fail module.b.aws_db_proxy.main',
    ]);
  });

  test('at for_each covers every instance', () => {
    const text = off
      .replace(
        'resource "aws_db_proxy" "main" {',
        `${comment}\nresource "aws_db_proxy" "main" {\n  for_each = toset(["a", "b"])`,
      )
      .replaceAll('aws_db_proxy.main.', 'aws_db_proxy.main["a"].');
    expect(findingsIn(checkTextWith(text, { today, only }))).toEqual([
      'proxy-iam-requires-tls fail aws_db_proxy.main["a"] waived',
      'proxy-iam-requires-tls fail aws_db_proxy.main["b"] waived',
    ]);
  });

  test('at a policy document covers what stands in it, and nothing else of the policy that takes it', () => {
    const waiver = '# rds-auth-policy:ignore connect-action-misspelled until=2026-12-31 reason="x"';
    const document = (name: string, head: string) => `
${head}
data "aws_iam_policy_document" "${name}" {
  statement {
    actions   = ["rds:connect"]
    resources = ["arn:aws:rds-db:us-east-1:123456789012:dbuser:\${split(":", aws_db_proxy.main.arn)[6]}/${name}"]
  }
}`;
    const merged = `
data "aws_iam_policy_document" "all" {
  source_policy_documents = [data.aws_iam_policy_document.one.json, data.aws_iam_policy_document.two.json]
}`;
    const judge = (...heads: readonly [string, string]) =>
      findingsIn(
        checkTextWith(
          textWith({
            grant: 'data.aws_iam_policy_document.all.json',
            more: `${document('one', heads[0])}\n${document('two', heads[1])}\n${merged}`,
          }),
          { today, only: ['connect-action-misspelled'] },
        ),
      ).toSorted();
    const at = 'connect-action-misspelled fail aws_iam_role_policy.orders';
    expect(judge('', '')).toEqual([`${at} one two`]);
    expect(judge(waiver, '')).toEqual([`${at} one waived`, `${at} two`]);
    expect(judge(waiver, waiver)).toEqual([`${at} one waived`, `${at} two waived`]);
  });
});
