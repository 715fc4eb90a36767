import type { Subject } from '../model/judgement.ts';
import type { CompiledPolicy } from './compiled-policy.ts';
import { judgeSubject } from './judge-subject.ts';
import type { Outcome } from './outcome.ts';
import { type ParameterSource, parametersWithout, valuesWithDefaults } from './parameters.ts';
import type { PolicySettings } from './settings.ts';

/** What a policy holds against a subject, and the settings by which it counts. */
export type Fault = Extract<Outcome, { outcome: 'fail' | 'unknown' }> & {
  readonly settings: PolicySettings;
  /** Where it hangs on rules of which nobody can say whether they are for the subject: that, in words. */
  readonly doubt?: string;
};

export type Judged = Exclude<Outcome, { outcome: 'fail' | 'unknown' }> | Fault;

/** Nothing where the policy is off for the subject, or is not meant for it. */
export const judgeAsSettled = (
  compiled: CompiledPolicy,
  subject: Subject,
  settings: PolicySettings,
  source: ParameterSource,
): readonly Judged[] => {
  if (settings.enforcement === 'off') return [];
  const judged = judgeAlternatives(compiled, subject, settings.parameters, source);
  if (judged === null) return [];
  const { outcome, isInDoubt } = judged;
  if (!('origins' in outcome)) return [outcome];
  return [{ ...outcome, settings, ...(isInDoubt ? { doubt: doubtOf(settings, subject) } : {}) }];
};

const doubtOf = ({ undecided }: PolicySettings, { address }: Subject): string => {
  const places = undecided.map(({ place: { file, line } }) => `${file}:${line}`).join(' and ');
  return `whether the rule at ${places} is for ${address} is not known`;
};

type Alternatives = { readonly outcome: Outcome; readonly isInDoubt: boolean };

/** Where a parameter has values for other subjects only, this one is not meant: null. */
const judgeAlternatives = (
  compiled: CompiledPolicy,
  subject: Subject,
  alternatives: PolicySettings['parameters'],
  source: ParameterSource,
): Alternatives | null => {
  const { policy } = compiled;
  if (policy.parameters === undefined) return { outcome: judgeSubject(compiled, subject), isInDoubt: false };
  const base = source.valuesFor(policy, subject);
  const outcomes = alternatives.map((given) => {
    const values = valuesWithDefaults(policy, { ...base, ...given });
    const isMeant = parametersWithout(policy, (name) => Object.hasOwn(values, name)).length === 0;
    return isMeant ? judgeSubject(compiled, subject, values) : null;
  });
  const first = outcomes.find((outcome) => outcome !== null && outcome.outcome !== 'pass') ?? outcomes[0];
  if (first === null) return null;
  if (first === undefined) {
    return { outcome: { outcome: 'unknown', subject, values: base, origins: [], raised: false }, isInDoubt: true };
  }
  // Whichever values count: where the answers differ, nobody can say.
  const agree = outcomes.every((outcome) => outcome?.outcome === first.outcome);
  if (agree || !('origins' in first)) return { outcome: first, isInDoubt: false };
  return { outcome: { ...first, outcome: 'unknown' }, isInDoubt: true };
};
