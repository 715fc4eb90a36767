import { describe, expect, test } from '@jest/globals';
import type { Subject, SubjectAttributes } from '../model/judgement.ts';
import type { Policy } from '../model/policy.ts';
import type { Origin, Tri } from '../model/value.ts';
import type { CompiledPolicy } from './compiled-policy.ts';
import { judged, testVocabulary, valued } from './conditions.test-support.ts';
import { evaluatePolicies } from './evaluate-policies.ts';
import { compileCondition } from './loading/compile-condition.ts';
import { selectPolicies } from './select-policies.ts';

const policy = (id: string, assert: string, changes: Partial<Policy> = {}): CompiledPolicy => {
  const written: Policy = {
    id,
    set: 'acme',
    title: 'A title',
    subject: 'proxy',
    severity: 'high',
    enforcement: 'mandatory',
    assert,
    message: '{{a}}',
    remediation: 'Mend {{b}}.',
    why: 'Because.',
    references: ['https://example.com'],
    ...changes,
  };
  const compiled = (text: string) => compileCondition(text, written.subject, testVocabulary).condition;
  return {
    policy: written,
    when: written.when === undefined ? null : compiled(written.when),
    assert: compiled(assert),
  };
};

const proxy = (attributes: SubjectAttributes, address = 'aws_db_proxy.main'): Subject => ({
  kind: 'proxy',
  address,
  attributes,
});

const withOrigins = (holds: Tri, reason: string, origins: readonly Origin[]): SubjectAttributes[string] => ({
  kind: 'judgement',
  judgement: { holds, reason, origins, assumptions: [] },
});

describe('one policy, one subject', () => {
  test('fails with everything that a finding holds', () => {
    const subject = proxy({ a: judged(false, 'TLS is off', 'require_tls'), b: judged(true, 'the role') });
    const compiled = policy('acme-tls', 'proxy.a');
    expect(evaluatePolicies([compiled], [subject])).toEqual({
      diagnostics: [],
      findings: [
        {
          id: 'a9ed1ef6f7',
          policy: 'acme-tls',
          severity: 'high',
          enforcement: 'mandatory',
          outcome: 'fail',
          address: 'aws_db_proxy.main',
          message: 'TLS is off',
          remediation: 'Mend the role.',
          why: 'Because.',
          fingerprint: 'a9ed1ef6f79441f1',
          origins: [{ address: 'aws_db_proxy.main', path: 'require_tls' }],
          waiver: null,
        },
      ],
      policies: [compiled.policy],
    });
  });

  test.each<[Tri, Tri, 'pass' | 'fail' | 'unknown']>([
    // when, assert
    [true, true, 'pass'],
    [true, false, 'fail'],
    [true, 'unknown', 'unknown'],
    [false, true, 'pass'],
    [false, false, 'pass'],
    [false, 'unknown', 'pass'],
    ['unknown', true, 'pass'],
    ['unknown', false, 'unknown'],
    ['unknown', 'unknown', 'unknown'],
  ])('when %s, assert %s: %s', (when, assert, outcome) => {
    const subject = proxy({ a: judged(assert), b: judged(when) });
    const { findings } = evaluatePolicies([policy('p', 'proxy.a', { when: 'proxy.b' })], [subject]);
    expect(findings.map((finding) => finding.outcome)).toEqual(outcome === 'pass' ? [] : [outcome]);
  });

  test('judges only subjects of its kind', () => {
    const subject: Subject = { kind: 'role', address: 'aws_iam_role.x', attributes: { a: judged(false) } };
    expect(evaluatePolicies([policy('p', 'proxy.a')], [subject])).toMatchObject({ findings: [], diagnostics: [] });
  });

  test.each<[string, Tri, readonly string[]]>([
    ['proxy.a && proxy.b', true, ['a', 'b']],
    ['proxy.b && proxy.a', true, ['b']],
    ['!proxy.a || proxy.b', true, ['a', 'b']],
    ['proxy.b', 'unknown', ['a', 'b']],
    ['proxy.b', true, ['b']],
  ])('origins are those of what %s, where the policy applies: %s, has read', (assert, applies, paths) => {
    const a = assert === 'proxy.b' ? judged(applies, '', 'a') : judged(true, '', 'a');
    const changes = assert === 'proxy.b' ? { when: 'proxy.a' } : {};
    const { findings } = evaluatePolicies([policy('p', assert, changes)], [proxy({ a, b: judged(false, '', 'b') })]);
    expect(findings[0]?.origins.map(({ path }) => path)).toEqual(paths);
  });
});

describe('several subjects at one address', () => {
  test('make one finding, in which failure speaks and the unknown is silent', () => {
    const [one, two, three] = ['1', '2', '3'].map((path): Origin => ({ address: 'x', path }));
    if (one === undefined || two === undefined || three === undefined) throw new Error('no origins');
    const b = judged(true, 'it');
    const subjects = [
      proxy({ a: withOrigins('unknown', 'not known', [three]), b }),
      proxy({ a: withOrigins(false, 'second', [two, one]), b }),
      proxy({ a: withOrigins(false, 'first', [one]), b: judged(true, 'that') }),
      proxy({ a: withOrigins(false, 'second', [two]), b }),
      proxy({ a: withOrigins(true, 'good', [three]), b }),
    ];
    const { findings } = evaluatePolicies([policy('p', 'proxy.a')], subjects);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({
      outcome: 'fail',
      message: '(1) second; (2) first',
      remediation: 'Mend it.\nMend that.',
      origins: [two, one],
    });
  });

  test('are unknown together when none of them fails', () => {
    const subjects = [proxy({ a: judged('unknown', 'later') }), proxy({ a: judged(true) })];
    const { findings } = evaluatePolicies([policy('p', 'proxy.a')], subjects);
    expect(findings.map(({ outcome, message }) => [outcome, message])).toEqual([['unknown', 'later']]);
  });
});

test('origins that differ only in place are kept apart; the first that is named leads, the others follow by place', () => {
  const at = (line: number, column: number): Origin => ({ address: 'x', path: 'p', file: 'main.tf', line, column });
  const a = withOrigins(false, '', [at(10, 1), at(9, 3), at(9, 2), at(9, 3), { address: 'x', path: 'p' }]);
  const { findings } = evaluatePolicies([policy('p', 'proxy.a')], [proxy({ a, b: judged(true) })]);
  expect(findings[0]?.origins).toEqual([at(10, 1), { address: 'x', path: 'p' }, at(9, 2), at(9, 3)]);
});

test('findings are ordered by policy and address', () => {
  const subjects = ['b', 'a', 'C'].map((address) => proxy({ a: judged(false) }, address));
  const { findings } = evaluatePolicies([policy('z', 'proxy.a'), policy('y', 'proxy.a')], subjects);
  expect(findings.map((finding) => `${finding.policy} ${finding.address}`)).toEqual([
    'y C',
    'y a',
    'y b',
    'z C',
    'z a',
    'z b',
  ]);
});

describe('a policy that crashes', () => {
  const subjects = [
    proxy({ port: valued(null), a: judged(false, 'off') }, 'aws_db_proxy.one'),
    proxy({ port: valued(null), a: judged(false, 'off') }, 'aws_db_proxy.one'),
    proxy({ port: valued(80), a: judged(false, 'off') }, 'aws_db_proxy.two'),
  ];

  test('is one diagnostic an address, and everything else is judged', () => {
    const policies = [policy('crash', 'proxy.port > 100'), policy('sound', 'proxy.a')];
    const { findings, diagnostics } = evaluatePolicies(policies, subjects);
    expect(diagnostics).toEqual([
      {
        severity: 'error',
        code: 'policy-crashed',
        summary: 'Policy crash has no answer for aws_db_proxy.one: a number compared with a value that is not set.',
        detail: expect.stringContaining('!= null'),
        origin: { address: 'aws_db_proxy.one' },
        policy: 'crash',
      },
    ]);
    expect(findings.map((finding) => `${finding.policy} ${finding.address}`)).toEqual([
      'crash aws_db_proxy.two',
      'sound aws_db_proxy.one',
      'sound aws_db_proxy.two',
    ]);
  });

  test.each([
    ['proxy.port > 100 || true', 0, 0],
    ['proxy.port > 100 || proxy.b', 0, 1],
  ])('%s: %d diagnostics, %d findings, since a crash that decides nothing is none', (assert, crashes, count) => {
    const subject = proxy({ port: valued(null), a: judged(true), b: judged('unknown') });
    const { findings, diagnostics } = evaluatePolicies([policy('p', assert)], [subject]);
    expect([diagnostics.length, findings.length]).toEqual([crashes, count]);
  });
});

describe('selection', () => {
  const policies = [
    policy('proxy-tls', 'proxy.a', { aliases: ['B01', 'shared'] }),
    policy('proxy-role', 'proxy.a', { aliases: ['shared'] }),
    policy('other-set', 'proxy.a', { set: 'security' }),
  ];
  const idsOf = (selection: Parameters<typeof selectPolicies>[1]): readonly string[] =>
    selectPolicies(policies, selection).policies.map((compiled) => compiled.policy.id);

  test.each([
    [{}, ['proxy-tls', 'proxy-role', 'other-set']],
    [{ only: [], skip: [], sets: [] }, ['proxy-tls', 'proxy-role', 'other-set']],
    [{ only: ['proxy-role'] }, ['proxy-role']],
    [{ only: ['B01'] }, ['proxy-tls']],
    [{ only: ['shared'] }, ['proxy-tls', 'proxy-role']],
    [{ skip: ['shared'] }, ['other-set']],
    [{ only: ['shared'], skip: ['B01'] }, ['proxy-role']],
    [{ sets: ['security'] }, ['other-set']],
    [{ sets: ['acme'], skip: ['proxy-tls'] }, ['proxy-role']],
    [{ sets: ['acme'], only: ['other-set'] }, ['other-set']],
  ])('%j selects %j', (selection, ids) => {
    expect(idsOf(selection)).toEqual(ids);
  });

  test.each([
    [{ only: ['proxy-tsl'] }, ['There is no policy proxy-tsl; did you mean proxy-tls?']],
    [{ only: ['nothing-like-it'], skip: ['nothing-like-it'] }, ['There is no policy nothing-like-it.']],
    [
      { only: ['B02'], skip: ['proxy-rolle'] },
      ['There is no policy B02; did you mean B01?', 'There is no policy proxy-rolle; did you mean proxy-role?'],
    ],
    [{ sets: ['securty'] }, ['There is no policy set securty; did you mean security?']],
  ])('%j finds not everything', (selection, summaries) => {
    const { diagnostics } = evaluatePolicies(policies, [], selection);
    expect(diagnostics.map(({ code, summary }) => `${code}: ${summary}`)).toEqual(
      summaries.map((summary) => `policy-not-found: ${summary}`),
    );
  });
});
