import type { IamCondition } from '../model/iam.ts';
import { type Tri, literal } from '../model/value.ts';
import { covers } from './shape.ts';
import { every, not, some } from './tri.ts';

/** What a request says of a condition key: its value, that it is absent, or nothing that anyone documents. */
export type ContextKey = { readonly value: string } | 'absent' | 'unknown';

/** Looks a key up, in lower case. */
export type RequestContext = (key: string) => ContextKey;

/**
 * Whether the conditions of a statement hold. Null, conditions that cannot be seen, is unknown.
 * Source: IAM User Guide, "Condition operators": an absent key fails every operator but the negated ones,
 * `…IfExists`, and `Null: true`.
 */
export const conditionsHold = (conditions: readonly IamCondition[] | null, context: RequestContext): Tri =>
  conditions === null ? 'unknown' : every(conditions.map((condition) => conditionHolds(condition, context)));

const conditionHolds = (condition: IamCondition, context: RequestContext): Tri => {
  const key = context(condition.key.toLowerCase());
  const operator = condition.operator.toLowerCase();
  if (key === 'unknown') return 'unknown';
  if (operator === 'null') return nullHolds(condition, key === 'absent');
  if (key === 'absent') return holdsWhenAbsent(operator);
  return holdsFor(operator, condition, key.value);
};

const nullHolds = (condition: IamCondition, isAbsent: boolean): Tri =>
  some(
    condition.values.map((value) => {
      const text = literal(value);
      return text === undefined ? 'unknown' : (text.toLowerCase() === 'true') === isAbsent;
    }),
  );

const holdsWhenAbsent = (operator: string): Tri => {
  const ifExists = operator.endsWith('ifexists');
  // Alone the one is false and the other true; nobody documents the two together.
  if (operator.startsWith('foranyvalue:')) return ifExists && 'unknown';
  if (operator.startsWith('forallvalues:') || ifExists) return true;
  return isNegated(operator);
};

const isNegated = (operator: string): boolean => /not(equals|like|ipaddress)|notipaddress/.test(operator);

const holdsFor = (operator: string, condition: IamCondition, actual: string): Tri => {
  const plain = operator.replace(/^for(any|all)values?:/, '').replace(/ifexists$/, '');
  const base = plain.replace('not', '');
  const compare = comparisons.get(base);
  if (compare === undefined) return 'unknown';
  const matched = some(
    condition.values.map((value) => {
      const text = literal(value);
      return text === undefined ? 'unknown' : compare(text, actual);
    }),
  );
  return isNegated(plain) ? not(matched) : matched;
};

const hasVariable = (text: string): boolean => text.includes('${');

const comparisons = new Map<string, (expected: string, actual: string) => Tri>([
  ['stringequals', (expected, actual) => (hasVariable(expected) ? 'unknown' : expected === actual)],
  [
    'stringequalsignorecase',
    (expected, actual) => (hasVariable(expected) ? 'unknown' : expected.toLowerCase() === actual.toLowerCase()),
  ],
  ['stringlike', (expected, actual) => covers(expected, [actual])],
  ['arnequals', (expected, actual) => covers(expected, [actual])],
  ['arnlike', (expected, actual) => covers(expected, [actual])],
  ['bool', (expected, actual) => expected.toLowerCase() === actual.toLowerCase()],
]);
