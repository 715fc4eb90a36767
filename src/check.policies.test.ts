import { describe, expect, test } from '@jest/globals';
import { runSuite } from './cli/testing/run-suite.ts';
import { builtinPolicies } from './policy/builtin.generated.ts';

const streams = {
  stdin: (async function* () {})(),
  stdout: { write: () => undefined },
  stderr: { write: () => undefined },
  env: {},
};
const { cases, coverage, diagnostics } = await runSuite(['policies'], null, streams, 'test');

describe('cases of the built-in policies', () => {
  test.each(cases.map((one) => [one.policy, one.name, one] as const))('%s: %s', (_policy, _name, one) => {
    expect(one).toMatchObject({ differences: [] });
  });

  test('every policy and every case can be read', () => {
    expect(diagnostics).toEqual([]);
    expect(coverage.policies.map(({ policy }) => policy)).toEqual(builtinPolicies.map(({ policy }) => policy.id));
  });

  test.each(coverage.policies.map((covered) => [covered.policy, covered] as const))(
    '%s has a case of every kind',
    (_, { missing }) => {
      expect(missing).toEqual([]);
    },
  );
});
