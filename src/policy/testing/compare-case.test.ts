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
    expect(observe(findings, [])).toMatchObject({ outcome, addresses });
  });

  test('a crash is no outcome, whatever else was found', () => {
    const crash = { severity: 'error', code: 'policy-crashed', summary: 'why' } as const;
    expect(observe([finding('fail', 'a')], [crash])).toEqual({
      outcome: 'crash',
      addresses: [],
      messages: [],
      reasons: ['why'],
    });
  });
});

describe('what was expected', () => {
  const got: CaseObservation = { outcome: 'fail', addresses: ['a', 'b'], messages: ['TLS is off', 'x'], reasons: [] };
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
    expect(differencesOf({ outcome: 'fail', ...expected }, got)).toEqual(differences);
  });

  test('another outcome', () => {
    expect(differencesOf({ outcome: 'pass', addresses: null, message: null }, got)).toEqual(['outcome']);
  });

  test('a crash is never expected', () => {
    for (const outcome of ['fail', 'pass', 'unknown'] as const) {
      const expected = { outcome, addresses: null, message: null };
      expect(differencesOf(expected, { ...got, outcome: 'crash' })).toEqual(['outcome']);
    }
  });
});
