import type { Subject, SubjectAttribute } from '../model/judgement.ts';
import type { ParameterValues } from '../model/policy.ts';
import type { Origin } from '../model/value.ts';
import type { CompiledPolicy } from './compiled-policy.ts';
import { type Evaluation, either, evaluateCondition, isCrash, negate, undecided } from './evaluate-condition.ts';
import { parameterAttributes } from './parameters.ts';

/** What one policy says of one subject. */
export type Outcome =
  | { readonly outcome: 'pass' }
  | {
      readonly outcome: 'fail' | 'unknown';
      readonly subject: Subject;
      /** What the parameters of the policy were. */
      readonly values: ParameterValues;
      readonly origins: readonly Origin[];
      /** Whether it is for certain one of those that fail the run although the policy is advisory. */
      readonly raised: boolean;
    }
  | { readonly outcome: 'crash'; readonly subject: Subject; readonly reason: string };

const passed: Outcome = { outcome: 'pass' };

/** A policy says `when` implies `assert`, so that an assertion that holds passes even where `when` is unknown. */
export const judgeSubject = (compiled: CompiledPolicy, subject: Subject, values: ParameterValues = {}): Outcome => {
  const { policy, when, assert, mandatoryWhen } = compiled;
  const parameters = policy.parameters === undefined ? undefined : parameterAttributes(values);
  const evaluate = (condition: CompiledPolicy['assert']): Evaluation =>
    evaluateCondition(condition, policy.subject, subject.attributes, parameters);
  const applies: Evaluation = when === null ? { result: true, evidence: new Set() } : evaluate(when);
  const asserted = evaluate(assert);
  const result = either(negate(applies.result), () => asserted.result);
  if (result === true) return passed;
  if (isCrash(result)) return { outcome: 'crash', subject, reason: result.crash };
  const evidence = applies.result === true ? asserted.evidence : new Set([...applies.evidence, ...asserted.evidence]);
  const raised = mandatoryWhen === undefined ? false : evaluate(mandatoryWhen).result;
  if (isCrash(raised)) return { outcome: 'crash', subject, reason: raised.crash };
  return {
    outcome: result === undecided ? 'unknown' : 'fail',
    subject,
    values,
    origins: [...evidence].flatMap(originsOf),
    raised: raised === true,
  };
};

const originsOf = (attribute: SubjectAttribute): readonly Origin[] => {
  if (attribute.kind === 'judgement') return attribute.judgement.origins;
  return attribute.kind === 'value' ? [attribute.value.origin] : [];
};
