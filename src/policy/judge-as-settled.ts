import type { Subject } from '../model/judgement.ts';
import type { CompiledPolicy } from './compiled-policy.ts';
import { judgeSubject } from './judge-subject.ts';
import type { Outcome } from './outcome.ts';
import { type ParameterSource, parametersWithout, valuesWithDefaults } from './parameters.ts';
import type { PolicySettings } from './settings.ts';

/** What a policy holds against a subject, and the settings by which it counts. */
export type Fault = Extract<Outcome, { outcome: 'fail' | 'unknown' }> & { readonly settings: PolicySettings };

export type Judged = Exclude<Outcome, { outcome: 'fail' | 'unknown' }> | Fault;

/** Nothing where the policy is off for the subject, or is not meant for it. */
export const judgeAsSettled = (
  compiled: CompiledPolicy,
  subject: Subject,
  settings: PolicySettings,
  source: ParameterSource,
): readonly Judged[] => {
  if (settings.enforcement === 'off') return [];
  const outcome = judgeAlternatives(compiled, subject, settings.parameters, source);
  return outcome === null ? [] : ['origins' in outcome ? { ...outcome, settings } : outcome];
};

/** Where a parameter has values for other subjects only, this one is not meant: null. */
const judgeAlternatives = (
  compiled: CompiledPolicy,
  subject: Subject,
  alternatives: PolicySettings['parameters'],
  source: ParameterSource,
): Outcome | null => {
  const { policy } = compiled;
  if (policy.parameters === undefined) return judgeSubject(compiled, subject);
  const base = source.valuesFor(policy, subject);
  const outcomes = alternatives.map((given) => {
    const values = valuesWithDefaults(policy, { ...base, ...given });
    const isMeant = parametersWithout(policy, (name) => Object.hasOwn(values, name)).length === 0;
    return isMeant ? judgeSubject(compiled, subject, values) : null;
  });
  const first = outcomes.find((outcome) => outcome !== null && outcome.outcome !== 'pass') ?? outcomes[0];
  if (first === undefined) return { outcome: 'unknown', subject, values: base, origins: [], raised: false };
  // Whichever values count: where the answers differ, nobody can say.
  const agree = outcomes.every((outcome) => outcome?.outcome === first?.outcome);
  return agree || first === null || !('origins' in first) ? first : { ...first, outcome: 'unknown' };
};
