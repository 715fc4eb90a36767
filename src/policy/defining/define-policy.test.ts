import { describe, expect, test } from '@jest/globals';
import type { SubjectAttributes } from '../../model/judgement.ts';
import type { Tri } from '../../model/value.ts';
import { judged, listed, valued, worded } from '../conditions.test-support.ts';
import { evaluatePolicies } from '../evaluate-policies.ts';
import { type PolicyDefinition, definePolicy } from './define-policy.ts';
import { type ListView, type Reads, viewOf } from './subject-view.ts';
import { all, any } from './unknown-signal.ts';
import { fail, pass, unknown } from './verdict.ts';

type ProxyPolicy = PolicyDefinition<'proxy', Record<never, never>>;

const base = {
  id: 'acme-tls',
  set: 'acme',
  title: 'A title',
  subject: 'proxy',
  severity: 'high',
  enforcement: 'mandatory',
  remediation: 'Mend {{address}}.',
  why: 'We said so.',
  references: ['https://example.com'],
} as const;

const proxyWith = (attributes: SubjectAttributes) =>
  ({
    kind: 'proxy',
    address: 'aws_db_proxy.main',
    attributes: { address: worded('aws_db_proxy.main'), ...attributes },
  }) as const;

const run = (evaluate: ProxyPolicy['evaluate'], attributes: SubjectAttributes) => {
  const { findings, diagnostics } = evaluatePolicies([definePolicy({ ...base, evaluate })], [proxyWith(attributes)]);
  return { findings, diagnostics, said: findings[0]?.outcome ?? (diagnostics.length > 0 ? 'crash' : 'pass') };
};

const tls: ProxyPolicy['evaluate'] = (proxy, { reasonOf }) => (proxy.tlsForIam ? pass : fail(reasonOf('tlsForIam')));

describe('outcomes', () => {
  test.each<[Tri, string]>([
    [true, 'pass'],
    [false, 'fail'],
    ['unknown', 'unknown'],
  ])('a judgement that is %s', (holds, said) => {
    expect(run(tls, { tlsForIam: judged(holds) }).said).toBe(said);
  });

  test('a finding has what the policy says of itself, and what was read as evidence', () => {
    const { findings } = run(tls, { tlsForIam: judged(false, 'TLS is off.', 'require_tls') });
    expect(findings).toMatchObject([
      {
        policy: 'acme-tls',
        severity: 'high',
        enforcement: 'mandatory',
        address: 'aws_db_proxy.main',
        message: 'TLS is off.',
        remediation: 'Mend aws_db_proxy.main.',
        why: 'We said so.',
        origins: [{ path: 'require_tls' }],
      },
    ]);
  });

  test('the message of what was unknown is its reason', () => {
    expect(run(tls, { tlsForIam: judged('unknown', 'var.tls is not known.') }).findings).toMatchObject([
      { outcome: 'unknown', message: 'var.tls is not known.' },
    ]);
  });

  test('unknown() says so by itself', () => {
    expect(run(() => unknown('Who knows.'), {}).findings).toMatchObject([
      { outcome: 'unknown', message: 'Who knows.' },
    ]);
  });

  test('several subjects at one address are one finding', () => {
    const policy = definePolicy({ ...base, evaluate: (proxy) => fail(`It is ${proxy.name}.`) });
    const subjects = ['a', 'b', 'a'].map((name) => proxyWith({ name: worded(name) }));
    expect(evaluatePolicies([policy], subjects).findings).toMatchObject([{ message: '(1) It is a.; (2) It is b.' }]);
  });
});

describe('an unknown is never read as false', () => {
  const unknownTls = { tlsForIam: judged('unknown'), hasTarget: judged(true), hasCredentials: judged(false) };

  test.each<[string, ProxyPolicy['evaluate']]>([
    ['as a condition', (proxy) => (proxy.tlsForIam ? pass : fail('x'))],
    ['negated', (proxy) => (!proxy.tlsForIam ? fail('x') : pass)],
    ['compared', (proxy) => (proxy.tlsForIam === false ? fail('x') : pass)],
    ['destructured', ({ tlsForIam }) => (tlsForIam ? pass : fail('x'))],
    [
      'caught and forgotten',
      (proxy) => {
        try {
          return proxy.tlsForIam ? pass : fail('x');
        } catch {
          return pass;
        }
      },
    ],
    [
      'caught, and replaced by another error',
      (proxy) => {
        try {
          return proxy.tlsForIam ? pass : fail('x');
        } catch {
          return fail('y');
        }
      },
    ],
    [
      'where all() could be decided by it',
      (proxy) =>
        all(
          () => proxy.tlsForIam,
          () => proxy.hasTarget,
        )
          ? pass
          : fail('x'),
    ],
    [
      'where any() could be decided by it',
      (proxy) =>
        any(
          () => proxy.hasCredentials,
          () => proxy.tlsForIam,
        )
          ? pass
          : fail('x'),
    ],
    [
      'within any() within all()',
      (proxy) =>
        all(
          () =>
            any(
              () => proxy.hasCredentials,
              () => proxy.tlsForIam,
            ),
          () => proxy.hasTarget,
        )
          ? pass
          : fail('x'),
    ],
  ])('%s', (_, evaluate) => {
    expect(run(evaluate, unknownTls).said).toBe('unknown');
  });

  test.each<[string, ProxyPolicy['evaluate'], string]>([
    [
      'all() with one that is false',
      (proxy) =>
        all(
          () => proxy.tlsForIam,
          () => proxy.hasCredentials,
        )
          ? pass
          : fail('x'),
      'fail',
    ],
    [
      'any() with one that is true',
      (proxy) =>
        any(
          () => proxy.tlsForIam,
          () => proxy.hasTarget,
        )
          ? pass
          : fail('x'),
      'pass',
    ],
    [
      'all() around any()',
      (proxy) =>
        all(
          () =>
            any(
              () => proxy.tlsForIam,
              () => proxy.hasTarget,
            ),
          true,
        )
          ? pass
          : fail('x'),
      'pass',
    ],
  ])('it counts only where it decides: %s', (_, evaluate, said) => {
    expect(run(evaluate, unknownTls).said).toBe(said);
  });
});

describe('all() and any() are exact in three values', () => {
  const values = [true, false, 'unknown'] as const;
  const pairs = values.flatMap((left) => values.map((right) => [left, right] as const));

  const kleene = (left: Tri, right: Tri, deciding: boolean): Tri => {
    if (left === deciding || right === deciding) return deciding;
    return left === 'unknown' || right === 'unknown' ? 'unknown' : !deciding;
  };

  test.each(pairs)('%s with %s', (left, right) => {
    const attributes = { tlsForIam: judged(left), hasTarget: judged(right) };
    const said = (answer: Tri): string => (answer === 'unknown' ? 'unknown' : answer ? 'pass' : 'fail');
    const both = said(kleene(left, right, false));
    const either = said(kleene(left, right, true));
    expect(
      run(
        (proxy) =>
          all(
            () => proxy.tlsForIam,
            () => proxy.hasTarget,
          )
            ? pass
            : fail('x'),
        attributes,
      ).said,
    ).toBe(both);
    expect(
      run(
        (proxy) =>
          any(
            () => proxy.tlsForIam,
            () => proxy.hasTarget,
          )
            ? pass
            : fail('x'),
        attributes,
      ).said,
    ).toBe(either);
  });

  test('of nothing', () => {
    expect([all(), any()]).toEqual([true, false]);
  });
});

describe('values and lists', () => {
  const reads = (): Reads => ({ pending: new Map(), evidence: new Set() });
  type Item = { readonly ready: boolean };
  type View = {
    readonly port: number | null;
    readonly engine: string | null;
    readonly flag: boolean | null;
    readonly name: string;
    readonly auth: ListView<Item>;
  };
  const view = (attributes: SubjectAttributes): View => viewOf(attributes, reads()) as View;

  test('a value is itself, null where it is not set, and stops where it is unknown', () => {
    const seen = view({ port: valued(3306), engine: valued(null), flag: valued(undefined), name: worded('n') });
    expect([seen.port, seen.engine, seen.name]).toEqual([3306, null, 'n']);
    expect(() => seen.flag).toThrow('known only after apply');
  });

  test.each([
    ['some', [false, true], true, true],
    ['some', [false, 'unknown', true], true, true],
    ['some', [true], false, true],
    ['some', [false], true, false],
    ['some', [false], false, 'unknown'],
    ['some', [false, 'unknown'], true, 'unknown'],
    ['some', [], true, false],
    ['every', [true, true], true, true],
    ['every', [true, false], false, false],
    ['every', [true], false, 'unknown'],
    ['every', [true, 'unknown'], true, 'unknown'],
    ['every', ['unknown', false], true, false],
    ['every', [], true, true],
  ] as const)('%s of %j, complete: %s', (method, holds, complete, expected) => {
    const { auth } = view({ auth: listed(holds, complete) });
    const ask = () => auth[method]((item) => item.ready);
    if (expected === 'unknown') expect(ask).toThrow('known only after apply');
    else expect(ask()).toBe(expected);
  });

  test('the length of a list is known where all of it is in view', () => {
    expect(view({ auth: listed([true]) }).auth.length).toBe(1);
    const { auth } = view({ auth: listed([true], false) });
    expect(() => auth.length).toThrow('known only after apply');
    expect(auth.inView).toHaveLength(1);
  });
});

describe('a crash is a diagnostic, and the other policies run', () => {
  /** What the types would not let through. */
  const evil = <T>(value: unknown): T => value as T;
  test.each<[string, ProxyPolicy['evaluate'], string]>([
    [
      'an exception',
      () => {
        throw new RangeError('too far\nat line 2');
      },
      'evaluate throws RangeError: too far.',
    ],
    [
      'what is no error',
      () => {
        throw evil('oops');
      },
      'evaluate throws what is no error: oops.',
    ],
    [
      'nothing returned',
      () => evil(undefined),
      'evaluate returns neither pass, nor fail() or unknown() with a message.',
    ],
    ['a boolean', () => evil(true), 'evaluate returns neither pass'],
    ['an empty message', () => fail(' '), 'evaluate returns neither pass'],
    ['a promise', evil(async () => pass), 'evaluate returns a promise, and must answer at once.'],
    [
      'a promise that fails',
      evil(async () => {
        throw new Error('late');
      }),
      'evaluate returns a promise',
    ],
    [
      'an attribute that there is not',
      (proxy) => (evil<{ tlsForIAm: boolean }>(proxy).tlsForIAm ? pass : fail('x')),
      'the subject has no attribute tlsForIAm; did you mean tlsForIam?',
    ],
    ['a copy', (proxy) => ({ ...proxy }).tlsForIam ? pass : fail('x'), 'the subject can be neither copied nor listed'],
    ['a list of its names', (proxy) => fail(Object.keys(proxy).join()), 'neither copied nor listed'],
    ['a name that is asked for', (proxy) => ('tlsForIAm' in proxy ? pass : fail('x')), 'did you mean tlsForIam?'],
    [
      'the reason of what is no judgement',
      (_, { reasonOf }) => fail(reasonOf(evil('address'))),
      'address is no judgement',
    ],
  ])('%s', (_, evaluate, reason) => {
    const crashing = definePolicy({ ...base, id: 'acme-crash', evaluate });
    const working = definePolicy({ ...base, evaluate: tls });
    const { findings, diagnostics } = evaluatePolicies([crashing, working], [proxyWith({ tlsForIam: judged(false) })]);
    expect(findings.map(({ policy }) => policy)).toEqual(['acme-tls']);
    expect(diagnostics).toMatchObject([
      { severity: 'error', code: 'policy-crashed', summary: expect.stringContaining(reason) },
    ]);
    expect(diagnostics[0]?.summary).toMatch(/^Policy acme-crash has no answer for aws_db_proxy\.main: [^\n]*[^.][.?]$/);
    expect(diagnostics[0]?.detail).toContain('evaluate');
  });
});

test('two policies with one id are an error', () => {
  const one = definePolicy({ ...base, evaluate: () => pass });
  expect(evaluatePolicies([one, one], []).diagnostics).toMatchObject([
    { severity: 'error', code: 'policy-duplicate', summary: 'There is more than one policy acme-tls.' },
  ]);
});

test('parameters, with defaults and given values', () => {
  const policy = definePolicy({
    ...base,
    parameters: {
      taken: { type: 'list', doc: 'Names that are taken.', default: ['a'] },
      most: { type: 'number', doc: 'A number.', default: 3 },
    },
    evaluate: (proxy, { params }) =>
      params.taken.includes(proxy.name) && params.most > 2 ? fail(`${proxy.name} is taken.`) : pass,
  });
  const subjects = [proxyWith({ name: worded('b') })];
  expect(evaluatePolicies([policy], subjects).findings).toEqual([]);
  const given = { valuesFor: () => ({ taken: ['b'] }), givenFor: () => new Set(['taken']) };
  expect(evaluatePolicies([policy], subjects, {}, { parameters: given }).findings).toMatchObject([
    { message: 'b is taken.' },
  ]);
});

describe('a definition with a fault throws, with every fault', () => {
  test.each<[string, Readonly<Record<string, unknown>>, string]>([
    ['an id', { id: 'Acme' }, 'Policy Acme: id must be kebab-case'],
    ['a set', { set: '' }, 'set must be kebab-case'],
    ['a subject', { subject: 'proxi' }, 'subject must be one of database, proxy,'],
    ['a severity', { severity: 'hihg' }, 'did you mean high?'],
    ['an enforcement', { enforcement: true }, 'enforcement must be one of advisory, mandatory.'],
    ['a title', { title: ' ' }, 'title must be some text.'],
    ['references', { references: 'x' }, 'references must be a list of addresses.'],
    [
      'a place',
      { remediation: '{{adress}}' },
      'remediation names adress, which the subject does not have; did you mean address?',
    ],
    ['an open place', { remediation: '{{address}' }, 'remediation has a {{ that is never closed.'],
    ['a function', { evaluate: 'proxy.tlsForIam' }, 'evaluate must be a function.'],
    ['a default', { parameters: { a: { type: 'number', doc: 'd', default: 'x' } } }, 'default of a must be a number.'],
  ])('%s', (_, changed, said) => {
    const define = () => definePolicy({ ...base, evaluate: tls, ...changed } as never);
    expect(define).toThrow(TypeError);
    expect(define).toThrow(said);
  });

  test('all at once', () => {
    expect(() => definePolicy({ ...base, id: '', title: '', evaluate: tls })).toThrow(/id must be .*title must be /);
  });
});

// Never called: it is the compiler that reads this.
export const types = (): void => {
  definePolicy({
    ...base,
    evaluate: (proxy, { reasonOf }) => {
      const truth: boolean = proxy.tlsForIam;
      const name: string = proxy.name;
      // @ts-expect-error It has no such attribute.
      proxy.tlsForIAm;
      // @ts-expect-error That is one of databases.
      proxy.supportsIam;
      // @ts-expect-error A judgement is no text.
      const wrong: string = proxy.tlsForIam;
      // @ts-expect-error Nothing can be written.
      proxy.tlsForIam = true;
      // @ts-expect-error A text has no reason.
      reasonOf('name');
      return truth ? pass : fail(name + wrong);
    },
  });
  // @ts-expect-error There is no such kind of subject.
  definePolicy({ ...base, subject: 'proxi', evaluate: () => pass });
  // @ts-expect-error A message is needed.
  definePolicy({ ...base, evaluate: () => fail() });
  // @ts-expect-error It must answer, and at once.
  definePolicy({ ...base, evaluate: async () => pass });
  // @ts-expect-error A truth is no verdict.
  definePolicy({ ...base, evaluate: (proxy) => proxy.tlsForIam });
  definePolicy({
    ...base,
    parameters: { most: { type: 'number', doc: 'd' } },
    evaluate: (_, { params }) => {
      const most: number = params.most;
      // @ts-expect-error It is a number.
      const text: string = params.most;
      // @ts-expect-error There is no such parameter.
      params.least;
      return most > 0 ? pass : fail(text);
    },
  });
};
