import { expect, test } from '@jest/globals';
import { builtinPolicies } from './builtin.generated.ts';
import { type PolicySelection, selectPolicies } from './select-policies.ts';

const setsOf = (selection: PolicySelection): readonly string[] => [
  ...new Set(selectPolicies(builtinPolicies, selection).policies.map(({ policy }) => policy.set)),
];

const waivers = builtinPolicies.flatMap(({ policy }) => (policy.subject === 'waiver' ? [policy.id] : []));

test.each<[string, PolicySelection, readonly string[]]>([
  ['nothing is said', {}, ['reachability', 'security', 'waivers']],
  ['a set is named', { sets: ['reachability'] }, ['reachability', 'waivers']],
  ['a set that is off is named', { sets: ['organization'] }, ['organization', 'waivers']],
  ['they are skipped', { sets: ['reachability'], skip: waivers }, ['reachability']],
  ['a policy is named', { only: ['proxy-without-target'] }, ['reachability']],
])('where %s, exceptions that are over are seen all the same, unless they are not wanted', (_, selection, expected) => {
  expect([...setsOf(selection)].sort()).toEqual(expected);
});
