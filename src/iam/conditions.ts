import type { IamCondition } from '../model/iam.ts';
import { type Tri, literal } from '../model/value.ts';
import type { RequestContext } from './request-context.ts';
import { covers, hasVariable, unescaped } from './shape.ts';
import { every, not, some } from './tri.ts';
import { fillVariables } from './variables.ts';

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
  return holdsFor(operator, condition, key.value, context);
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

const holdsFor = (operator: string, condition: IamCondition, actual: string, context: RequestContext): Tri => {
  const plain = operator.replace(/^for(any|all)values?:/, '').replace(/ifexists$/, '');
  const base = plain.replace('not', '');
  const compare = comparisons.get(base);
  if (compare === undefined) return 'unknown';
  const matched = some(
    condition.values.map((value) => {
      const text = literal(value);
      return text === undefined ? 'unknown' : compare(fillVariables(text, context), actual);
    }),
  );
  return isNegated(plain) ? not(matched) : matched;
};

const equals =
  (fold: (text: string) => string) =>
  (expected: string, actual: string): Tri =>
    hasVariable(expected) ? 'unknown' : fold(unescaped(expected)) === fold(actual);

/** Each of the six parts of an ARN is compared by itself; the last may hold colons. */
const arnLike = (expected: string, actual: string): Tri => {
  const parts = actual.split(':');
  const patterns = expected.split(':');
  const last = (list: readonly string[]): string => list.slice(5).join(':');
  return every([
    patterns.length >= 6 && parts.length >= 6,
    ...patterns.slice(0, 5).map((pattern, i) => covers(pattern, [parts[i] ?? ''])),
    covers(last(patterns), [last(parts)]),
  ]);
};

const comparisons = new Map<string, (expected: string, actual: string) => Tri>([
  ['stringequals', equals((text) => text)],
  ['stringequalsignorecase', equals((text) => text.toLowerCase())],
  ['stringlike', (expected, actual) => covers(expected, [actual])],
  ['arnequals', arnLike],
  ['arnlike', arnLike],
  ['bool', (expected, actual) => expected.toLowerCase() === actual.toLowerCase()],
]);
