import { describe, expect, test } from '@jest/globals';
import type { Finding } from '../../model/finding.ts';
import type { CaseObservation } from '../../model/policy-test.ts';
import { differencesOf, observe } from './compare-case.ts';

const finding = (outcome: Finding['outcome'], address: string): Finding => ({
  id: 'i',
  policy: 'p',
  severity: 'low',
  enforcement: 'advisory',
  outcome,
  address,
  message: `about ${address}`,
  remediation: '',
  why: '',
  fingerprint: '',
  origins: [],
  waiver: null,
});

describe('what a policy said', () => {
  test.each([
    ['nothing', [], 'pass', []],
    ['that it is undecided', [finding('unknown', 'a')], 'unknown', ['a']],
    ['the gravest that it said', [finding('unknown', 'a'), finding('fail', 'b')], 'fail', ['b']],
  ] as const)('%s', (_, findings, outcome, addresses) => {
    expect(observe(findings, [], 2)).toMatchObject({ outcome, addresses, subjects: 2 });
  });

  test('a crash is no outcome, whatever else was found', () => {
    const crash = { severity: 'error', code: 'policy-crashed', summary: 'why' } as const;
    expect(observe([finding('fail', 'a')], [crash], 1)).toEqual({
      outcome: 'crash',
      subjects: 1,
      addresses: [],
      messages: [],
      reasons: ['why'],
    });
  });
});

describe('what was expected', () => {
  const got: CaseObservation = {
    outcome: 'fail',
    subjects: 2,
    addresses: ['a', 'b'],
    messages: ['TLS is off', 'x'],
    reasons: [],
  };
  test.each([
    ['the outcome alone', { addresses: null, message: null }, []],
    ['the addresses, in any order', { addresses: ['b', 'a'], message: null }, []],
    ['one address of two', { addresses: ['a'], message: null }, ['address']],
    ['a message', { addresses: null, message: 'TLS is off\n' }, []],
    ['a piece of a message', { addresses: null, message: 'TLS' }, ['message']],
    ['an expression', { addresses: null, message: '/^tls/i' }, []],
    ['an expression that finds nothing', { addresses: null, message: '/^tls/' }, ['message']],
    ['both otherwise', { addresses: [], message: 'y' }, ['address', 'message']],
  ] as const)('%s', (_, expected, differences) => {
    expect(differencesOf({ outcome: 'fail', subjects: 'some', ...expected }, got)).toEqual(differences);
  });

  const passes = { outcome: 'pass', addresses: null, message: null } as const;

  test('another outcome', () => {
    expect(differencesOf({ ...passes, subjects: 'some' }, got)).toEqual(['outcome']);
  });

  test.each([
    ['a subject, and there is one', 'some', 1, []],
    ['a subject, and nothing was judged', 'some', 0, ['subjects']],
    ['none, and nothing was judged', 'none', 0, []],
    ['none, and there is one', 'none', 1, ['subjects']],
  ] as const)('%s', (_, subjects, count, differences) => {
    const passed: CaseObservation = { outcome: 'pass', subjects: count, addresses: [], messages: [], reasons: [] };
    expect(differencesOf({ ...passes, subjects }, passed)).toEqual(differences);
  });

  test('a crash is never expected', () => {
    for (const outcome of ['fail', 'pass', 'unknown'] as const) {
      const expected = { outcome, addresses: null, message: null, subjects: 'some' } as const;
      expect(differencesOf(expected, { ...got, outcome: 'crash' })).toEqual(['outcome']);
    }
  });
});
