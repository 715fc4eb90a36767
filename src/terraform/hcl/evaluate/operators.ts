import type { Tri } from '../../../model/value.ts';
import { type Origins, joinOrigins } from '../../origins.ts';
import { referencesIn } from '../made-from.ts';
import type { Symbolic, SymbolicMap } from '../symbolic.ts';
import type { BinaryOperator, Expression } from '../syntax.ts';
import { failure, isFailure, list, lost, map, originsOf, scalar } from '../values.ts';
import { unified } from './convert.ts';
import { equals } from './equality.ts';
import { rounded } from './numbers.ts';
import { anyOf, computedFrom, marked, readBoolean, readNumber } from './scalars.ts';

export { attributeIn, indexOf, splat } from './access.ts';
export { equals };

type Unary = Extract<Expression, { kind: 'unary' }>['operator'];

export const binary = (operator: BinaryOperator, left: Symbolic, right: Symbolic): Symbolic => {
  if (isFailure(left)) return left;
  // Terraform 1.12 and later do not look at the second operand where the first decides.
  if (operator === decidedBy(left)) return marked(scalar(operator === '||'), left);
  if (isFailure(right)) return right;
  return marked(apply(operator, left, right), left, right);
};

const apply = (operator: BinaryOperator, left: Symbolic, right: Symbolic): Symbolic => {
  switch (operator) {
    case '==':
      return fromTri(equals(left, right), [left, right]);
    case '!=':
      return fromTri(not(equals(left, right)), [left, right]);
    case '&&':
    case '||':
      return logical(operator, left, right);
    default:
      return numeric(operator, left, right);
  }
};

const fromTri = (answer: Tri, sources: readonly Symbolic[]): Symbolic =>
  answer === 'unknown' ? computedFrom(sources) : scalar(answer);

const not = (answer: Tri): Tri => (answer === 'unknown' ? answer : !answer);

/** The operator that the first operand decides alone. */
const decidedBy = (left: Symbolic): BinaryOperator | null => {
  const value = readBoolean(left);
  if (typeof value !== 'boolean') return null;
  return value ? '||' : '&&';
};

/** One operand that decides is enough, whatever the other one will be. */
const logical = (operator: '&&' | '||', left: Symbolic, right: Symbolic): Symbolic => {
  const operands = [readBoolean(left), readBoolean(right)];
  if (operands.includes('wrong')) return failure(operator);
  const deciding = operator === '||';
  if (operands.includes(deciding)) return scalar(deciding);
  return operands.includes('unknown') ? computedFrom([left, right]) : scalar(!deciding);
};

type Arithmetic = Exclude<BinaryOperator, '==' | '!=' | '&&' | '||'>;

const operations: Readonly<Record<Arithmetic, (left: number, right: number) => number | boolean>> = {
  '+': (left, right) => rounded(left + right),
  '-': (left, right) => rounded(left - right),
  '*': (left, right) => rounded(left * right),
  '/': (left, right) => quotient(left, right),
  '%': (left, right) => (right === 0 ? left : rounded(left % right)),
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
  '>': (left, right) => left > right,
  '>=': (left, right) => left >= right,
};

/** A quotient that the first digits do not say wholly keeps the others, so that it is seen to be inexact. */
const quotient = (left: number, right: number): number => {
  const value = left / right;
  return rounded(value) * right === left ? rounded(value) : value;
};

/** Other fractions Terraform keeps with more digits, and writes them. */
const isBinary = (value: number): boolean => Number.isInteger(value * 1024);

const numeric = (operator: Arithmetic, left: Symbolic, right: Symbolic): Symbolic => {
  const [first, second] = [readNumber(left), readNumber(right)];
  if (first === 'wrong' || second === 'wrong') return failure(operator);
  if (first === 'unknown' || second === 'unknown') return computedFrom([left, right]);
  const result = operations[operator](first, second);
  if (typeof result === 'number' && !(isBinary(first) && isBinary(second))) return lost('number');
  if (typeof result === 'boolean') return scalar(result);
  // Infinity is a number to Terraform, but no function takes it; and there is a zero that is written `-0`.
  return Number.isFinite(result) && !Object.is(result, -0) ? scalar(result) : lost('number');
};

export const unary = (operator: Unary, operand: Symbolic): Symbolic => {
  if (isFailure(operand)) return operand;
  return marked(operator === '!' ? negated(operand) : opposite(operand), operand);
};

const negated = (operand: Symbolic): Symbolic => {
  const value = readBoolean(operand);
  return value === 'wrong' ? failure('!') : fromTri(not(value), [operand]);
};

const opposite = (operand: Symbolic): Symbolic => {
  const value = readNumber(operand);
  if (value === 'wrong') return failure('-');
  if (value === 'unknown') return computedFrom([operand]);
  return value === 0 ? lost('number') : scalar(-value);
};

/** Evaluates the branch that is taken, and both where the condition is unknown. */
export const choose = (condition: Symbolic, then: () => Symbolic, otherwise: () => Symbolic): Symbolic => {
  if (isFailure(condition)) return condition;
  const value = readBoolean(condition);
  if (value === 'wrong') return failure('?');
  if (value === true) return marked(asOther(then(), otherwise), condition);
  if (value === false) return marked(asOther(otherwise(), then), condition);
  return marked(either(then(), otherwise(), originsOf(condition)), condition);
};

/** Both branches have one type: a number next to a text becomes one. The other branch is looked at for that alone. */
const asOther = (taken: Symbolic, other: () => Symbolic): Symbolic => {
  if (taken.kind !== 'known' || (typeof taken.value !== 'number' && typeof taken.value !== 'boolean')) return taken;
  const [converted = taken] = unified([taken, other()]);
  return converted;
};

/** One of the two; what they have in common is known. */
const either = (left: Symbolic, right: Symbolic, deciding: Origins): Symbolic => {
  if (isFailure(left) && isFailure(right)) return left;
  if (equals(left, right) === true) return marked(left, right);
  const alike = eitherList(left, right, deciding) ?? eitherMap(left, right, deciding);
  return marked(alike ?? anyOf(joinOrigins([branchOrigins(left), branchOrigins(right), deciding])), left, right);
};

/** Also what a known text was made from: nobody knows whether it is this one. */
const branchOrigins = (value: Symbolic): Origins =>
  joinOrigins([originsOf(value), { references: referencesIn([value]), trailEnds: [] }]);

/** Lists of the same length differ in elements only. */
const eitherList = (left: Symbolic, right: Symbolic, deciding: Origins): Symbolic | null => {
  if (left.kind !== 'list' || right.kind !== 'list' || !closed(left, right)) return null;
  if (left.type === 'set' || left.type !== right.type || left.items.length !== right.items.length) return null;
  const items = left.items.map((item, at) => either(item, right.items[at] ?? item, deciding));
  return list(items, left.type);
};

const eitherMap = (left: Symbolic, right: Symbolic, deciding: Origins): Symbolic | null => {
  if (left.kind !== 'map' || right.kind !== 'map' || !closed(left, right) || !sameKeys(left, right)) return null;
  const entries = [...left.entries].map(
    ([key, item]) => [key, either(item, right.entries.get(key) ?? item, deciding)] as const,
  );
  return map(new Map(entries), left.type);
};

const closed = (left: { readonly open?: Origins }, right: { readonly open?: Origins }): boolean =>
  left.open === undefined && right.open === undefined;

const sameKeys = (left: SymbolicMap, right: SymbolicMap): boolean =>
  left.type === right.type &&
  left.entries.size === right.entries.size &&
  [...left.entries.keys()].every((key) => right.entries.has(key));
