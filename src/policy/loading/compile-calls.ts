import type { ASTNode } from '@marcbachmann/cel-js';
import { didYouMean } from '../../model/suggest.ts';
import { type Condition, type TextTest, textTests } from '../condition.ts';
import type { AttributeDeclaration } from '../vocabulary.ts';
import {
  type FoundAttribute,
  type Node,
  type Scope,
  type Typed,
  complain,
  conditionsName,
  demand,
  findAttribute,
  truthOf,
} from './condition-scope.ts';
import { slowPart } from './slow-pattern.ts';

const available = ['size', 'has', 'exists', 'all', ...textTests];

/** `size(x)` and `has(x.y)`. */
export const compileCall = (node: Node<'call'>, scope: Scope): Typed => {
  const [name, [argument]] = node.args;
  if (argument !== undefined && node.args[1].length === 1) {
    if (name === 'size') return compileSize(argument, scope);
    if (name === 'has') return compileHas(node, argument, scope);
  }
  return complainOfCall(node, name, scope);
};

/** `list.exists(item, …)`, `text.startsWith(…)` and their kind. */
export const compileMethod = (node: Node<'rcall'>, scope: Scope): Typed => {
  const [name, receiver, parameters] = node.args;
  const [first, second] = parameters;
  if (name === 'size' && parameters.length === 0) return compileSize(receiver, scope);
  if (name === 'exists_one') return refuse(node, 'exists_one()', scope);
  if ((name === 'exists' || name === 'all') && first?.op === 'id' && second !== undefined) {
    return compileQuantifier(name, receiver, first, second, scope);
  }
  const test = textTests.find((candidate) => candidate === name);
  if (test !== undefined && first !== undefined && parameters.length === 1) {
    return compileTest(test, receiver, first, scope);
  }
  return complainOfCall(node, name, scope);
};

/** What CEL decides without looking at every side is wrong when a side is unknown. */
export const refuse = (node: ASTNode, construct: string, scope: Scope): Typed =>
  complain(
    node,
    `${construct} has no answer in three values for an attribute that can be unknown.`,
    scope,
    'Say it with `&&`, `||`, `!`, `exists()` and `all()`, which do.',
  );

const complainOfCall = (node: ASTNode, name: string, scope: Scope): Typed => {
  if (available.includes(name)) return complain(node, `${name}() does not take these arguments.`, scope);
  return complain(node, `${name}() is not available in conditions${didYouMean(name, available)}`, scope);
};

const compileSize = (argument: ASTNode, scope: Scope): Typed => {
  const list = argument.op === '.' ? findListQuietly(argument, scope) : null;
  if (list !== null) {
    const { canBeUnknown } = list.declaration;
    return { condition: { op: 'count', of: list.of, name: list.name }, type: 'number', canBeUnknown };
  }
  const text = demand(argument, 'string', scope);
  return { condition: { op: 'length', text: text.condition }, type: 'number', canBeUnknown: text.canBeUnknown };
};

const compileHas = (node: ASTNode, argument: ASTNode, scope: Scope): Typed => {
  const attribute = findAttribute(argument, scope);
  if (attribute === null) return truthOf({ op: 'literal', value: false }, []);
  if (attribute.declaration.canBeUnknown) return refuse(node, 'has()', scope);
  return truthOf({ op: 'present', of: attribute.of, name: attribute.name }, []);
};

/** `all(x, p)` is `!exists(x, !p)`, in three values as in two. */
const compileQuantifier = (
  name: 'exists' | 'all',
  receiver: ASTNode,
  item: Node<'id'>,
  body: ASTNode,
  scope: Scope,
): Typed => {
  const list = findAttribute(receiver, scope);
  if (list === null) return truthOf({ op: 'literal', value: false }, []);
  if (list.declaration.kind !== 'list') return complain(receiver, `${list.of}.${list.name} is not a list.`, scope);
  const variable = item.args;
  // A shared condition that is named inside would read another subject.
  if (scope.variables.has(variable) || variable === conditionsName) {
    return complain(item, `${variable} stands for something already: choose another name.`, scope);
  }
  const variables = new Map([...scope.variables, [variable, list.declaration.items]]);
  const predicate = demand(body, 'boolean', { ...scope, variables });
  const { of, name: attribute } = list;
  const exists = (condition: Condition) =>
    ({ op: 'exists', of, name: attribute, variable, predicate: condition }) as const;
  return {
    condition:
      name === 'exists'
        ? exists(predicate.condition)
        : { op: 'not', operand: exists({ op: 'not', operand: predicate.condition }) },
    type: 'boolean',
    canBeUnknown: list.declaration.canBeUnknown || predicate.canBeUnknown,
  };
};

const compileTest = (test: TextTest, receiver: ASTNode, parameter: ASTNode, scope: Scope): Typed => {
  const text = demand(receiver, 'string', scope);
  const argument = demand(parameter, 'string', scope);
  if (test === 'matches') checkPattern(parameter, scope);
  return truthOf({ op: 'test', test, text: text.condition, argument: argument.condition }, [text, argument]);
};

const checkPattern = (node: ASTNode, scope: Scope): void => {
  if (node.op !== 'value' || typeof node.args !== 'string') {
    complain(node, 'matches() takes its pattern as literal text.', scope);
    return;
  }
  try {
    new RegExp(node.args, 'u');
  } catch {
    complain(node, 'This is not a regular expression.', scope);
    return;
  }
  const slow = slowPart(node.args);
  if (slow !== null) complain(node, `This regular expression can take for ever: it has ${slow}.`, scope);
};

type FoundList = FoundAttribute & { readonly declaration: Extract<AttributeDeclaration, { kind: 'list' }> };

const findListQuietly = (node: Node<'.'>, scope: Scope): FoundList | null => {
  const found = findAttribute(node, { ...scope, faults: [] });
  return found !== null && found.declaration.kind === 'list' ? { ...found, declaration: found.declaration } : null;
};
