import type { SubjectAttribute, SubjectAttributes } from '../model/judgement.ts';
import { type Origin, type Tri, absent, known, unknown } from '../model/value.ts';
import { type Evaluation, evaluateCondition, isCrash, undecided } from './evaluate-condition.ts';
import { compileCondition } from './loading/compile-condition.ts';
import { judgement, list, text, value, vocabulary } from './vocabulary.ts';

const originOf = (path: string): Origin => ({ address: 'aws_db_proxy.main', path });

export const judged = (holds: Tri, reason = `it is ${holds}`, path = 'x'): SubjectAttribute => ({
  kind: 'judgement',
  judgement: { holds, reason, origins: [originOf(path)], assumptions: [] },
});

export const valued = (scalar: string | number | boolean | null | undefined): SubjectAttribute => {
  if (scalar === undefined) return { kind: 'value', value: unknown(originOf('v')) };
  return { kind: 'value', value: scalar === null ? absent(originOf('v')) : known(scalar, originOf('v')) };
};

export const worded = (words: string): SubjectAttribute => ({ kind: 'text', text: words });

export const listed = (holds: readonly Tri[], complete = true): SubjectAttribute => ({
  kind: 'list',
  items: holds.map((ready) => ({ ready: judged(ready) })),
  complete,
});

/** A subject with every kind of attribute. */
export const testVocabulary = vocabulary({
  a: judgement('A judgement.'),
  b: judgement('A judgement.'),
  port: value('number', 'A number.'),
  engine: value('string', 'Text.'),
  flag: value('boolean', 'A flag.'),
  name: text('A name.'),
  auth: list(vocabulary({ ready: judgement('A judgement.'), user: value('string', 'Text.') }), 'Items.'),
});

export const evaluateText = (condition: string, attributes: SubjectAttributes): Evaluation => {
  const compiled = compileCondition(condition, 'proxy', testVocabulary);
  if (compiled.faults.length > 0) throw new Error(JSON.stringify(compiled.faults));
  return evaluateCondition(compiled.condition, 'proxy', attributes);
};

/** The outcome of a condition in words that a table can hold. */
export const outcomeOf = (condition: string, attributes: SubjectAttributes): Tri | 'crash' => {
  const { result } = evaluateText(condition, attributes);
  if (result === undecided) return 'unknown';
  return isCrash(result) ? 'crash' : result;
};
