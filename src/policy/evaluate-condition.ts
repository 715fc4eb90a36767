import { matchesAddress } from '../model/address-glob.ts';
import type { SubjectAttribute, SubjectAttributes } from '../model/judgement.ts';
import type { Condition, Scalar, TextTest } from './condition.ts';
import type { ParameterAttribute, ParameterAttributes } from './parameters.ts';
import { parametersName } from './vocabulary.ts';

/** Decided only after apply. Never read as false. */
export const undecided: unique symbol = Symbol('undecided');

/** A condition that has no answer for this subject, as CEL's errors; says why without quoting a value. */
export type Crash = { readonly crash: string };

export type Truth = boolean | typeof undecided | Crash;

type Result = Scalar | Truth;

export type Evaluation = {
  readonly result: Truth;
  /** Judgements and values that were read on the way, in order. */
  readonly evidence: ReadonlySet<SubjectAttribute>;
};

/** What a name stands for: an attribute of the subject, or a parameter of the policy. */
type Named = SubjectAttribute | ParameterAttribute;

type Scope = {
  readonly variables: ReadonlyMap<string, SubjectAttributes | ParameterAttributes>;
  readonly evidence: Set<SubjectAttribute>;
};

/** Evaluates in three values, with the precedence of CEL: what decides wins over unknown, unknown over a crash. */
export const evaluateCondition = (
  condition: Condition,
  name: string,
  attributes: SubjectAttributes,
  parameters?: ParameterAttributes,
): Evaluation => {
  const variables = new Map<string, SubjectAttributes | ParameterAttributes>([[name, attributes]]);
  if (parameters !== undefined) variables.set(parametersName, parameters);
  const scope: Scope = { variables, evidence: new Set() };
  return { result: truth(evaluate(condition, scope)), evidence: scope.evidence };
};

export const isCrash = (result: Result): result is Crash => typeof result === 'object' && result !== null;

/** True when either is, whatever the other one does. */
export const either = (left: Result, right: () => Result): Truth => {
  const first = truth(left);
  if (first === true) return true;
  const second = truth(right());
  if (second === true) return true;
  return firstOpen([first, second]) ?? false;
};

export const negate = (result: Result): Truth => {
  const value = truth(result);
  return typeof value === 'boolean' ? !value : value;
};

const evaluate = (condition: Condition, scope: Scope): Result => {
  switch (condition.op) {
    case 'literal':
      return condition.value;
    case 'attribute':
      return readScalar(condition, scope);
    case 'not':
      return negate(evaluate(condition.operand, scope));
    case 'or':
      return either(evaluate(condition.left, scope), () => evaluate(condition.right, scope));
    case 'and':
      return negate(either(negate(evaluate(condition.left, scope)), () => negate(evaluate(condition.right, scope))));
    case 'equals':
      return strict(evaluate(condition.left, scope), evaluate(condition.right, scope), (a, b) => a === b);
    case 'less':
      return strict(evaluate(condition.left, scope), evaluate(condition.right, scope), isLess);
    case 'in':
      return isIn(condition, scope);
    case 'exists':
      return exists(condition, scope);
    case 'count':
      return count(condition, scope);
    case 'length':
      return strict(evaluate(condition.text, scope), null, (text) =>
        typeof text === 'string' ? [...text].length : crash(`size() of ${typeName(text)}`),
      );
    case 'present':
      return find(condition, scope) !== undefined;
    case 'test':
      return strict(evaluate(condition.text, scope), evaluate(condition.argument, scope), (text, argument) =>
        testText(condition.test, text, argument),
      );
    case 'if':
      return choose(condition, scope);
  }
};

const find = (place: Place, scope: Scope): Named | undefined => {
  const attributes = scope.variables.get(place.of);
  return attributes !== undefined && Object.hasOwn(attributes, place.name) ? attributes[place.name] : undefined;
};

type Place = { readonly of: string; readonly name: string };

/** Names were checked when the condition was loaded, so that no other one can be meant. */
const missing = ({ of, name }: Place): Crash => crash(`${of} has no attribute ${name}`);

const readScalar = (place: Place, scope: Scope): Result => {
  const attribute = find(place, scope);
  if (attribute === undefined) return missing(place);
  if (attribute.kind === 'list') return crash(`${place.of}.${place.name} is a list where one value is needed`);
  if (attribute.kind === 'text') return attribute.text;
  if (attribute.kind === 'parameter') return attribute.value;
  scope.evidence.add(attribute);
  if (attribute.kind === 'judgement') {
    return attribute.judgement.holds === 'unknown' ? undecided : attribute.judgement.holds;
  }
  if (attribute.value.kind === 'unknown') return undecided;
  return attribute.value.kind === 'absent' ? null : attribute.value.value;
};

const isIn = ({ item, list }: Extract<Condition, { op: 'in' }>, scope: Scope): Result => {
  const needle = evaluate(item, scope);
  return list.reduce<Result>(
    (found, element) => either(found, () => strict(needle, evaluate(element, scope), (a, b) => a === b)),
    false,
  );
};

const exists = (condition: Extract<Condition, { op: 'exists' }>, scope: Scope): Result => {
  const list = find(condition, scope);
  if (list === undefined) return missing(condition);
  if (list.kind !== 'list') return crash(`${condition.of}.${condition.name} is no list, which exists() or all() needs`);
  const unseen: Result = list.complete ? false : undecided;
  return list.items.reduce<Result>(
    (found, item) => either(found, () => evaluate(condition.predicate, bind(scope, condition.variable, item))),
    unseen,
  );
};

const bind = (scope: Scope, variable: string, item: SubjectAttributes | ParameterAttributes): Scope => ({
  variables: new Map([...scope.variables, [variable, item]]),
  evidence: scope.evidence,
});

const count = (condition: Extract<Condition, { op: 'count' }>, scope: Scope): Result => {
  const list = find(condition, scope);
  if (list === undefined) return missing(condition);
  if (list.kind !== 'list') return crash(`${condition.of}.${condition.name} is no list, which size() needs`);
  return list.complete ? list.items.length : undecided;
};

const choose = ({ condition, yes, no }: Extract<Condition, { op: 'if' }>, scope: Scope): Result => {
  const decision = truth(evaluate(condition, scope));
  if (typeof decision !== 'boolean') return decision;
  return evaluate(decision ? yes : no, scope);
};

/** An operation that needs both of its operands. */
const strict = (left: Result, right: Result, apply: (left: Scalar, right: Scalar) => Result): Result => {
  const open = firstOpen([left, right]);
  return open === undefined ? apply(left as Scalar, right as Scalar) : open;
};

const isLess = (left: Scalar, right: Scalar): Result => {
  if (typeof left === 'number' && typeof right === 'number') return left < right;
  if (typeof left === 'string' && typeof right === 'string') return left < right;
  return crash(`${typeName(left)} compared with ${typeName(right)}`);
};

/** What is longer is no name, and may be made to take for ever. */
const longestMatched = 2048;

const testText = (test: TextTest, text: Scalar, argument: Scalar): Result => {
  if (typeof text !== 'string' || typeof argument !== 'string') return crash(`${test}() on ${typeName(text)}`);
  switch (test) {
    case 'startsWith':
      return text.startsWith(argument);
    case 'endsWith':
      return text.endsWith(argument);
    case 'contains':
      return text.includes(argument);
    case 'matches':
      return text.length > longestMatched
        ? crash(`matches() on a text of more than ${longestMatched} characters`)
        : new RegExp(argument, 'u').test(text);
    case 'matchesAddress':
      return matchesAddress(argument, text);
  }
};

/** Unknown before any crash: once known, it may decide. */
const firstOpen = (results: readonly Result[]): Exclude<Truth, boolean> | undefined =>
  results.includes(undecided) ? undecided : results.find(isCrash);

const truth = (result: Result): Truth => {
  if (typeof result === 'boolean' || result === undecided || isCrash(result)) return result;
  return crash(`${typeName(result)} where true or false is needed`);
};

const crash = (reason: string): Crash => ({ crash: reason });

const typeName = (value: Scalar): string => (value === null ? 'a value that is not set' : `a ${typeof value}`);
