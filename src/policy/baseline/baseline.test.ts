import { describe, expect, test } from '@jest/globals';
import { type BaselineEntry, baselineOf } from '../../model/baseline.ts';
import type { Finding } from '../../model/finding.ts';
import { hashOf } from '../../model/hash.ts';
import type { Report } from '../../model/report.ts';
import { compareWithBaseline } from './compare-baseline.ts';

const finding = (changes: Partial<Finding> = {}): Finding => {
  const { policy = 'p', address = 'a.b' } = changes;
  return {
    id: 'x',
    policy,
    severity: 'high',
    enforcement: 'mandatory',
    outcome: 'fail',
    address,
    message: '',
    remediation: '',
    why: '',
    fingerprint: hashOf(policy, address),
    origins: [],
    waiver: null,
    ...changes,
  };
};

const report = (findings: readonly Finding[], run: readonly string[] = ['p', 'q']): Report =>
  ({
    verdict: 'fail',
    findings,
    policies: run.map((id) => ({ id })),
  }) as unknown as Report;

const entry = (changes: Partial<BaselineEntry> = {}): BaselineEntry => {
  const { policy = 'p', address = 'a.b' } = changes;
  return { policy, address, outcome: 'fail', causes: 1, fingerprint: hashOf(policy, address), ...changes };
};

const waiver = { kind: 'inline', reason: 'x', expires: '2027-01-01', owner: null, origin: {} } as const;

const compare = (
  found: readonly Finding[],
  held: readonly BaselineEntry[],
  moves: Readonly<Record<string, readonly string[]>> = {},
  run?: readonly string[],
) =>
  compareWithBaseline(report(found, run), {
    path: 'b.json',
    baseline: { schemaVersion: '1', findings: held },
    previous: (address) => moves[address] ?? [],
  });

describe('a finding', () => {
  test.each<[string, Partial<Finding>, readonly BaselineEntry[], 'new' | 'unchanged', 'pass' | 'fail']>([
    ['that is held', {}, [entry()], 'unchanged', 'pass'],
    ['that is not held', {}, [], 'new', 'fail'],
    ['of another policy', {}, [entry({ policy: 'q' })], 'new', 'fail'],
    ['of another address', {}, [entry({ address: 'a.c' })], 'new', 'fail'],
    ['with a cause more', { causes: 2 }, [entry()], 'new', 'fail'],
    ['with a cause less', { causes: 2 }, [entry({ causes: 3 })], 'unchanged', 'pass'],
    ['that was undecided', {}, [entry({ outcome: 'unknown' })], 'new', 'fail'],
    ['that failed and is undecided', { outcome: 'unknown' }, [entry()], 'unchanged', 'pass'],
    ['that is undecided as it was', { outcome: 'unknown' }, [entry({ outcome: 'unknown' })], 'unchanged', 'pass'],
    ['that is advisory and new', { enforcement: 'advisory' }, [], 'new', 'pass'],
    ['that is waived, whatever is held', { waiver }, [], 'new', 'pass'],
  ])('%s', (_, changes, held, state, verdict) => {
    const compared = compare([finding(changes)], held);
    expect(compared.findings.map(({ baseline }) => baseline)).toEqual([state]);
    expect(compared.verdict).toBe(verdict);
  });

  test('at an address that was another before', () => {
    const moves = { 'a.c["x"]': ['a.c[0]', 'a.b'] };
    const compared = compare([finding({ address: 'a.c["x"]' })], [entry()], moves);
    expect(compared.baseline).toEqual({ path: 'b.json', new: 0, unchanged: 1, moved: 1, gone: [] });
  });

  test.each([
    ['where it stood, and where it went', ['a.b', 'a.c']],
    ['at two addresses to which it went', ['a.c', 'a.d']],
  ])('is held by one entry once: %s', (_, addresses) => {
    const moves = { 'a.c': ['a.b'], 'a.d': ['a.b'] };
    const compared = compare(
      [...addresses].reverse().map((address) => finding({ address })),
      [entry()],
      moves,
    );
    expect(compared.baseline).toMatchObject({ new: 1, unchanged: 1, gone: [] });
    expect(compared.verdict).toBe('fail');
  });

  test('in two parts, of which a waiver covers one, has one entry for both', () => {
    const compared = compare([finding({ address: 'a.c', waiver }), finding({ address: 'a.c' })], [entry()], {
      'a.c': ['a.b'],
    });
    expect(compared.baseline).toMatchObject({ new: 0, unchanged: 2, gone: [] });
  });

  test('at both addresses of a move is counted once', () => {
    const compared = compare([finding({ address: 'a.c' })], [entry(), entry({ address: 'a.c' })], { 'a.c': ['a.b'] });
    expect(compared.baseline).toMatchObject({ unchanged: 1, moved: 0, gone: [] });
  });
});

describe('what is gone', () => {
  test.each<[string, readonly string[], readonly BaselineEntry[]]>([
    ['is what nothing shows any more', ['p'], [entry({ address: 'a.c' })]],
    ['is nothing of policies that were not run', ['q'], []],
  ])('%s', (_, run, gone) => {
    expect(compare([finding()], [entry(), entry({ address: 'a.c' })], {}, run).baseline?.gone).toEqual(gone);
  });

  test('is not what became worse', () => {
    expect(compare([finding({ causes: 2 })], [entry()]).baseline?.gone).toEqual([]);
  });
});

test('what is waived is not written', () => {
  const written = baselineOf([
    finding({ causes: 2 }),
    finding({ address: 'a.c', waiver }),
    finding({ outcome: 'unknown', policy: 'q' }),
  ]);
  expect(written.findings).toEqual([entry({ causes: 2 }), entry({ policy: 'q', outcome: 'unknown' })]);
});
