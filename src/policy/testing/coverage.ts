import type { Policy } from '../../model/policy.ts';
import { type PolicyCoverage, type PolicyOutcome, type TestCoverage, outcomes } from '../../model/policy-test.ts';

/** A policy with the outcomes that its cases expect. */
export type CoveredPolicy = {
  readonly policy: Pick<Policy, 'id' | 'decidable'>;
  readonly path: string;
  readonly expected: readonly PolicyOutcome[];
};

/** Which outcomes of which policies have a case. */
export const coverageOf = (covered: readonly CoveredPolicy[]): TestCoverage => {
  const policies = covered.map(coverPolicy);
  const total = covered.reduce((sum, { policy }) => sum + possible(policy).length, 0);
  const missing = policies.reduce((sum, policy) => sum + policy.missing.length, 0);
  return {
    covered: total - missing,
    total,
    percent: total === 0 ? 0 : Math.floor((100 * (total - missing)) / total),
    policies,
  };
};

const possible = ({ decidable }: CoveredPolicy['policy']): readonly PolicyOutcome[] =>
  decidable === 'always' ? outcomes.filter((outcome) => outcome !== 'unknown') : outcomes;

const coverPolicy = ({ policy, path, expected }: CoveredPolicy): PolicyCoverage => {
  const count = (outcome: PolicyOutcome): number => expected.filter((other) => other === outcome).length;
  const cases = { fail: count('fail'), pass: count('pass'), unknown: count('unknown') };
  return { policy: policy.id, path, cases, missing: possible(policy).filter((outcome) => cases[outcome] === 0) };
};
