import { expect, test } from '@jest/globals';
import type { PolicyOutcome } from '../../model/policy-test.ts';
import { coverageOf } from './coverage.ts';

const one = (expected: readonly PolicyOutcome[], decidable?: 'always') => ({
  policy: { id: 'p', ...(decidable === undefined ? {} : { decidable }) },
  path: 'p/policy.yaml',
  expected,
});

test.each([
  ['all three', [one(['fail', 'fail', 'pass', 'unknown'])], 3, 3, 100, [[]]],
  ['two of three', [one(['fail', 'pass'])], 2, 3, 66, [['unknown']]],
  ['what can never be unknown', [one(['fail', 'pass'], 'always')], 2, 2, 100, [[]]],
  ['none', [one([])], 0, 3, 0, [['fail', 'pass', 'unknown']]],
  ['two policies', [one(['fail', 'pass', 'unknown']), one(['pass'])], 4, 6, 66, [[], ['fail', 'unknown']]],
  ['no policy', [], 0, 0, 0, []],
] as const)('%s', (_, policies, covered, total, percent, missing) => {
  const coverage = coverageOf(policies);
  expect(coverage).toMatchObject({ covered, total, percent });
  expect(coverage.policies.map((policy) => policy.missing)).toEqual(missing);
});

test('299 of 300 are not all', () => {
  const policies = Array.from({ length: 100 }, () => one(['fail', 'pass', 'unknown']));
  expect(coverageOf([...policies.slice(1), one(['fail', 'pass'])]).percent).toBe(99);
});
