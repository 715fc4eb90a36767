import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { builtinPolicies } from './policy/builtin.generated.ts';
import { checkFile } from './testing/check-file.ts';

const folders = (path: string): readonly string[] =>
  existsSync(path)
    ? readdirSync(path, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []))
    : [];

const cases = builtinPolicies.flatMap(({ policy }) => {
  const root = `policies/${policy.set}/${policy.id}/cases`;
  return folders(root).map((name) => [policy.id, name, `${root}/${name}/plan.json`] as const);
});

/** What the policy says of the plan: the gravest outcome, `pass` when it says nothing. */
const outcomeOf = (id: string, path: string): string => {
  const outcomes = checkFile(path).findings.flatMap((finding) => (finding.policy === id ? [finding.outcome] : []));
  return outcomes.includes('fail') ? 'fail' : (outcomes[0] ?? 'pass');
};

describe('cases of the built-in policies', () => {
  test.each(cases)('%s: %s', (id, name, path) => {
    expect(outcomeOf(id, path)).toBe(name.split('-')[0]);
  });

  test.each(builtinPolicies.map(({ policy }) => [policy.id, policy] as const))(
    '%s has a case of every kind',
    (id, policy) => {
      const kinds = new Set(cases.filter(([owner]) => owner === id).map(([, name]) => name.split('-')[0]));
      expect([...kinds].sort()).toEqual(policy.decidable === 'always' ? ['fail', 'pass'] : ['fail', 'pass', 'unknown']);
    },
  );
});
