import { type ASTNode, ParseError, parse } from '@marcbachmann/cel-js';
import type { Condition } from '../condition.ts';
import { type Vocabulary, itself, parametersName, textItem } from '../vocabulary.ts';
import { compileCall, compileMethod, refuse } from './compile-calls.ts';
import { compileShared } from './compile-shared.ts';
import {
  type CompiledCondition,
  type ConditionFault,
  type Node,
  type Scope,
  type SharedConditions,
  type Typed,
  article,
  complain,
  conditionsName,
  demand,
  findAttribute,
  findVariable,
  nothing,
  truthOf,
} from './condition-scope.ts';

/** What a condition can name beside its subject. */
export type Surroundings = {
  /** Null for a shared condition, which has none. */
  readonly parameters: Vocabulary | null;
  readonly shared: SharedConditions;
};

const alone: Surroundings = { parameters: new Map(), shared: { names: [], find: () => undefined } };

/**
 * CEL text to plain data: cel-js parses, this checks every name and type and leaves out what has no three-valued
 * meaning. Without a vocabulary, when the subject itself is in doubt, only the syntax is checked.
 */
export const compileCondition = (
  text: string,
  subject: string,
  vocabulary: Vocabulary | null,
  { parameters, shared }: Surroundings = alone,
): CompiledCondition => {
  const faults: ConditionFault[] = [];
  const judgements = new Set<string>();
  const faulty = new Set<string>();
  const root = parseCel(text, faults);
  const variables = new Map(vocabulary === null ? [] : [[subject, vocabulary]]);
  if (parameters !== null) variables.set(parametersName, parameters);
  const scope: Scope = { subject, variables, faults, judgements, shared, faulty, compile };
  const { condition, canBeUnknown } = root === null || vocabulary === null ? nothing : demand(root, 'boolean', scope);
  return { condition, canBeUnknown, faults, judgements, restsOnFaulty: faulty.size > 0 };
};

const parseCel = (text: string, faults: ConditionFault[]): ASTNode | null => {
  try {
    return parse(text).ast;
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    faults.push({ summary: `This is not CEL: ${error.summary}.`, index: error.range?.start ?? 0 });
    return null;
  }
};

const compile = (node: ASTNode, scope: Scope): Typed => {
  switch (node.op) {
    case 'value':
      return compileLiteral(node, node.args, scope);
    case '-_':
      return compileNegative(node, scope);
    case '.':
      return compileAttribute(node, scope);
    case '!_':
      return compileNot(node, scope);
    case '&&':
    case '||':
      return compileLogic(node, scope);
    case '==':
    case '!=':
      return compileEquality(node, scope);
    case '<':
    case '<=':
    case '>':
    case '>=':
      return compileOrder(node, scope);
    case 'in':
      return compileIn(node, scope);
    case '?:':
      return compileChoice(node, scope);
    case 'call':
      return compileCall(node, scope);
    case 'rcall':
      return compileMethod(node, scope);
    case 'id':
      return compileName(node, scope);
    default:
      return complain(node, `The operator ${node.op} is not available in conditions.`, scope);
  }
};

/** CEL's integers become numbers: `port == 3306` and `port == 3306.0` are the same question. */
const compileLiteral = (node: ASTNode, literal: unknown, scope: Scope): Typed => {
  const value = typeof literal === 'bigint' ? Number(literal) : literal;
  if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)) {
    return complain(node, 'This number is too large to be exact.', scope);
  }
  switch (typeof value) {
    case 'number':
    case 'string':
    case 'boolean':
      return { condition: { op: 'literal', value }, type: typeof value as 'number', canBeUnknown: false };
    default:
      if (value === null) return { ...nothing, type: 'null' };
      return complain(node, 'Conditions have text, numbers, true, false and null, and no other literals.', scope);
  }
};

const compileNegative = (node: Node<'-_'>, scope: Scope): Typed => {
  const { op, args } = node.args;
  if (op === 'value' && typeof args === 'bigint') return compileLiteral(node, -args, scope);
  if (op === 'value' && typeof args === 'number') return compileLiteral(node, -args, scope);
  return complain(node, 'Only a number can be negative.', scope);
};

const compileAttribute = (node: Node<'.'>, scope: Scope): Typed => {
  if (node.args[0].op === 'id' && node.args[0].args === conditionsName) return compileShared(node, scope);
  const found = findAttribute(node, scope);
  if (found === null) return nothing;
  const { of, name, declaration } = found;
  if (declaration.kind === 'list') {
    const ways = declaration.items === textItem ? 'in, exists(), all() or size()' : 'exists(), all() or size()';
    return complain(node, `${of}.${name} is a list: ask it with ${ways}.`, scope);
  }
  if (declaration.kind === 'judgement' && of === scope.subject) scope.judgements.add(name);
  return {
    condition: { op: 'attribute', of, name },
    type: declaration.type,
    canBeUnknown: declaration.canBeUnknown,
  };
};

const compileName = (node: Node<'id'>, scope: Scope): Typed => {
  const vocabulary = findVariable(node, scope);
  if (vocabulary === null) return nothing;
  if (vocabulary === textItem) {
    return { condition: { op: 'attribute', of: node.args, name: itself }, type: 'string', canBeUnknown: false };
  }
  return complain(node, `${node.args} is no condition by itself: name one of its attributes.`, scope);
};

const compileNot = (node: Node<'!_'>, scope: Scope): Typed => {
  const operand = demand(node.args, 'boolean', scope);
  return truthOf({ op: 'not', operand: operand.condition }, [operand]);
};

const compileLogic = (node: Node<'&&' | '||'>, scope: Scope): Typed => {
  const left = demand(node.args[0], 'boolean', scope);
  const right = demand(node.args[1], 'boolean', scope);
  const op = node.op === '&&' ? 'and' : 'or';
  return truthOf({ op, left: left.condition, right: right.condition }, [left, right]);
};

const compileEquality = (node: Node<'==' | '!='>, scope: Scope): Typed => {
  const left = compile(node.args[0], scope);
  const right = compile(node.args[1], scope);
  checkComparable(node, left, right, scope);
  const equals: Condition = { op: 'equals', left: left.condition, right: right.condition };
  return truthOf(node.op === '==' ? equals : { op: 'not', operand: equals }, [left, right]);
};

const checkComparable = (node: ASTNode, left: Typed, right: Typed, scope: Scope): void => {
  const open = [left.type, right.type].some((type) => type === 'any' || type === 'null');
  if (open || left.type === right.type) return;
  complain(node, `${article(left.type)} never equals ${article(right.type)}.`, scope);
};

/** Everything in terms of `<`: `a <= b` is `!(b < a)`. */
const compileOrder = (node: Node<'<' | '<=' | '>' | '>='>, scope: Scope): Typed => {
  const left = compileOrdered(node.args[0], scope);
  const right = compileOrdered(node.args[1], scope);
  checkComparable(node, left, right, scope);
  const turned = node.op === '>' || node.op === '<=';
  const [first, second] = turned ? [right, left] : [left, right];
  const less: Condition = { op: 'less', left: first.condition, right: second.condition };
  const negated = node.op === '<=' || node.op === '>=';
  return truthOf(negated ? { op: 'not', operand: less } : less, [left, right]);
};

const compileOrdered = (node: ASTNode, scope: Scope): Typed => {
  const part = compile(node, scope);
  if (part.type !== 'boolean' && part.type !== 'null') return part;
  return complain(node, `Expected a number or text here, not ${article(part.type)}.`, scope);
};

const compileIn = (node: Node<'in'>, scope: Scope): Typed => {
  const [left, right] = node.args;
  const item = compile(left, scope);
  if (right.op === '.') return compileInParameter(item, right, scope);
  if (right.op !== 'list') return complainOfList(right, scope);
  const list = right.args.map((element) => {
    const part = compile(element, scope);
    checkComparable(element, item, part, scope);
    return part;
  });
  return truthOf({ op: 'in', item: item.condition, list: list.map(({ condition }) => condition) }, [item, ...list]);
};

/** `x in params.list` is `params.list.exists(item, x == item)`. */
const compileInParameter = (item: Typed, right: Node<'.'>, scope: Scope): Typed => {
  const list = findAttribute(right, scope);
  if (list === null) return nothing;
  if (list.declaration.kind !== 'list' || list.declaration.items !== textItem) return complainOfList(right, scope);
  checkComparable(right, item, { ...nothing, type: 'string' }, scope);
  const element: Condition = { op: 'attribute', of: itself, name: itself };
  const predicate: Condition = { op: 'equals', left: item.condition, right: element };
  const exists: Condition = { op: 'exists', of: list.of, name: list.name, variable: itself, predicate };
  // An empty list asks nothing of the item, which is the evidence all the same.
  return truthOf({ op: 'or', left: exists, right: { op: 'in', item: item.condition, list: [] } }, [item]);
};

const complainOfList = (node: ASTNode, scope: Scope): Typed =>
  complain(node, 'Expected a list like ["a", "b"] after in, or a parameter that is a list.', scope);

const compileChoice = (node: Node<'?:'>, scope: Scope): Typed => {
  const condition = demand(node.args[0], 'boolean', scope);
  const yes = compile(node.args[1], scope);
  const no = compile(node.args[2], scope);
  if (condition.canBeUnknown) return refuse(node, '?:', scope);
  return {
    condition: { op: 'if', condition: condition.condition, yes: yes.condition, no: no.condition },
    type: yes.type === no.type ? yes.type : 'any',
    canBeUnknown: yes.canBeUnknown || no.canBeUnknown,
  };
};
