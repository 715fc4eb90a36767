import type { Diagnostic } from '../model/diagnostic.ts';
import type { SubjectKind } from '../model/judgement.ts';
import type { Policy } from '../model/policy.ts';
import { didYouMean } from '../model/suggest.ts';
import type { CompiledPolicy } from './compiled-policy.ts';

/** Which policies to run. Ids may be aliases. */
export type PolicySelection = {
  /** These and no others, whatever their set. */
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  /** The policies of these sets; when it is not given, of those that are on by default. */
  readonly sets?: readonly string[];
};

export type SelectedPolicies = {
  readonly policies: readonly CompiledPolicy[];
  readonly diagnostics: readonly Diagnostic[];
};

export const selectPolicies = (policies: readonly CompiledPolicy[], selection: PolicySelection): SelectedPolicies => {
  const only = names(selection.only);
  const skip = names(selection.skip) ?? new Set<string>();
  const sets = names(selection.sets);
  const isInSet = (compiled: CompiledPolicy): boolean =>
    sets === undefined ? compiled.offByDefault !== true : sets.has(compiled.policy.set) || isOfWaivers(compiled);
  const isMeant = (compiled: CompiledPolicy): boolean =>
    only === undefined ? isInSet(compiled) : isNamed(compiled, only);
  return {
    policies: policies.filter((compiled) => isMeant(compiled) && !isNamed(compiled, skip)),
    diagnostics: [
      ...missingPolicies(policies, [...(only ?? []), ...skip]),
      ...missingSets(policies, [...(sets ?? [])]),
    ],
  };
};

/** Whether a policy is asked for by its id or an alias. */
export const isAskedFor = ({ only = [] }: PolicySelection, { id, aliases = [] }: Policy): boolean =>
  only.includes(id) || aliases.some((alias) => only.includes(alias));

/** Whoever names sets means what is judged: an exception that is over must not go unseen for it. */
const isOfWaivers = ({ policy, offByDefault }: CompiledPolicy): boolean =>
  policy.subject === 'waiver' && offByDefault !== true;

const names = (list: readonly string[] | undefined): ReadonlySet<string> | undefined =>
  list === undefined || list.length === 0 ? undefined : new Set(list);

const namesOf = ({ policy }: CompiledPolicy): readonly string[] => [policy.id, ...(policy.aliases ?? [])];

const isNamed = (compiled: CompiledPolicy, wanted: ReadonlySet<string>): boolean =>
  namesOf(compiled).some((name) => wanted.has(name));

const missingPolicies = (policies: readonly CompiledPolicy[], wanted: readonly string[]): readonly Diagnostic[] => {
  const known = new Set(policies.flatMap(namesOf));
  const missing = new Set(wanted.filter((name) => !known.has(name)));
  return [...missing].map((name) => notFound(`There is no policy ${name}${didYouMean(name, known)}`));
};

const missingSets = (policies: readonly CompiledPolicy[], wanted: readonly string[]): readonly Diagnostic[] => {
  const known = new Set(policies.map(({ policy }) => policy.set));
  return wanted
    .filter((name) => !known.has(name))
    .map((name) => notFound(`There is no policy set ${name}${didYouMean(name, known)}`));
};

const notFound = (summary: string): Diagnostic => ({
  severity: 'error',
  code: 'policy-not-found',
  summary,
  detail: 'For all of them type:\n  rds-auth-policy policies',
});

/** What the selected policies are about. */
export const kindsIn = (policies: readonly CompiledPolicy[], selection: PolicySelection): ReadonlySet<SubjectKind> =>
  new Set(selectPolicies(policies, selection).policies.map(({ policy }) => policy.subject));
