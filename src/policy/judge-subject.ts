import type { Subject, SubjectAttribute } from '../model/judgement.ts';
import type { ParameterValues } from '../model/policy.ts';
import type { Origin } from '../model/value.ts';
import type { CompiledPolicy, DeclaredPolicy } from './compiled-policy.ts';
import { type Evaluation, either, evaluateCondition, isCrash, negate, undecided } from './evaluate-condition.ts';
import type { Outcome } from './outcome.ts';
import { parameterAttributes } from './parameters.ts';

const passed: Outcome = { outcome: 'pass' };

export const judgeSubject = (compiled: CompiledPolicy, subject: Subject, values: ParameterValues = {}): Outcome =>
  'judge' in compiled ? compiled.judge(subject, values) : judgeByConditions(compiled, subject, values);

/** A policy says `when` implies `assert`, so that an assertion that holds passes even where `when` is unknown. */
const judgeByConditions = (compiled: DeclaredPolicy, subject: Subject, values: ParameterValues): Outcome => {
  const { policy, when, assert, mandatoryWhen } = compiled;
  const parameters = policy.parameters === undefined ? undefined : parameterAttributes(values);
  const evaluate = (condition: DeclaredPolicy['assert']): Evaluation =>
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
    reasons: [...evidence].flatMap(reasonsOf),
    raised: raised === true,
  };
};

const reasonsOf = (attribute: SubjectAttribute): readonly string[] =>
  attribute.kind === 'judgement' && attribute.judgement.holds !== true ? [attribute.judgement.reason] : [];

export const originsOf = (attribute: SubjectAttribute): readonly Origin[] => {
  if (attribute.kind === 'judgement') return attribute.judgement.origins;
  return attribute.kind === 'value' ? [attribute.value.origin] : [];
};
