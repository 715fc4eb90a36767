import type { ASTNode } from '@marcbachmann/cel-js';
import { didYouMean } from '../../model/suggest.ts';
import type { Condition } from '../condition.ts';
import {
  type AttributeDeclaration,
  type ScalarType,
  type Vocabulary,
  parametersName,
  textItem,
} from '../vocabulary.ts';

/** Something wrong with a condition, at an offset in its text. */
export type ConditionFault = { readonly summary: string; readonly detail?: string; readonly index: number };

/** The name by which conditions refer to shared ones. */
export const conditionsName = 'conditions';

export type Type = ScalarType | 'null' | 'any';

/** A part of a condition and what is known of it before it runs. */
export type Typed = { readonly condition: Condition; readonly type: Type; readonly canBeUnknown: boolean };

/** A condition that several policies share, compiled; null where it is faulty, which its own file says. */
export type SharedCondition = {
  readonly subject: string | null;
  readonly compiled: CompiledCondition | null;
};

export type SharedConditions = {
  readonly names: readonly string[];
  /** `cycle` for one whose compilation has led here. */
  readonly find: (name: string) => SharedCondition | 'cycle' | undefined;
};

export type CompiledCondition = {
  /** Meaningless when there are faults. */
  readonly condition: Condition;
  readonly faults: readonly ConditionFault[];
  /** Judgements of the subject that the condition reads. */
  readonly judgements: ReadonlySet<string>;
  readonly canBeUnknown: boolean;
  /** A shared condition that it names is faulty, and so it means nothing. */
  readonly restsOnFaulty: boolean;
};

export type Scope = {
  /** The name of the subject itself, among the variables. */
  readonly subject: string;
  readonly variables: ReadonlyMap<string, Vocabulary>;
  readonly faults: ConditionFault[];
  /** Judgements of the subject that are read. */
  readonly judgements: Set<string>;
  readonly shared: SharedConditions;
  /** Shared conditions that are named and faulty. */
  readonly faulty: Set<string>;
  readonly compile: (node: ASTNode, scope: Scope) => Typed;
};

export type Node<Op extends ASTNode['op']> = Extract<ASTNode, { readonly op: Op }>;

/** What stands in for a part that is faulty, so that the other parts are checked as well. */
export const nothing: Typed = { condition: { op: 'literal', value: null }, type: 'any', canBeUnknown: false };

export const complain = (node: ASTNode, summary: string, scope: Scope, detail?: string): Typed => {
  scope.faults.push({ summary, index: node.pos, ...(detail === undefined ? {} : { detail }) });
  return nothing;
};

/** Compiles a part that must have a certain type. */
export const demand = (node: ASTNode, type: ScalarType, scope: Scope): Typed => {
  const part = scope.compile(node, scope);
  if (part.type === 'any' || part.type === type) return part;
  return complain(node, `Expected a ${type} here, not ${article(part.type)}.`, scope);
};

export const article = (type: Type): string => (type === 'null' || type === 'any' ? type : `a ${type}`);

/** The truth of something that is made of these parts. */
export const truthOf = (condition: Condition, parts: readonly Typed[]): Typed => ({
  condition,
  type: 'boolean',
  canBeUnknown: parts.some((part) => part.canBeUnknown),
});

export type FoundAttribute = {
  readonly of: string;
  readonly name: string;
  readonly declaration: AttributeDeclaration;
};

/** The attribute that `variable.name` stands for; complains when there is none. */
export const findAttribute = (node: ASTNode, scope: Scope): FoundAttribute | null => {
  if (node.op !== '.' || node.args[0].op !== 'id') {
    complain(node, 'Expected an attribute of the subject here.', scope);
    return null;
  }
  const [{ args: of }, name] = node.args;
  const vocabulary = findVariable(node.args[0], scope);
  if (vocabulary === null) return null;
  if (vocabulary === textItem) {
    complain(node, `${of} is text: it has no attributes.`, scope);
    return null;
  }
  const declaration = vocabulary.get(name);
  if (declaration === undefined) {
    complain(node, strangerWords(of, name, vocabulary), scope);
    return null;
  }
  return { of, name, declaration };
};

const strangerWords = (of: string, name: string, vocabulary: Vocabulary): string => {
  if (of !== parametersName) return `${of} has no attribute ${name}${didYouMean(name, vocabulary.keys())}`;
  return vocabulary.size === 0
    ? `The policy declares no parameters, and so no ${name}.`
    : `The policy declares no parameter ${name}${didYouMean(name, vocabulary.keys())}`;
};

export const findVariable = (node: Node<'id'>, scope: Scope): Vocabulary | null => {
  const vocabulary = scope.variables.get(node.args);
  if (vocabulary !== undefined) return vocabulary;
  if (node.args === parametersName) {
    complain(node, 'A shared condition has no parameters: they belong to a policy.', scope);
    return null;
  }
  const known = [...scope.variables].flatMap(([name, { size }]) => (size > 0 ? [name] : []));
  const meant = didYouMean(node.args, known);
  complain(node, `There is no ${node.args} here${meant === '.' ? `, only ${known.join(', ')}.` : meant}`, scope);
  return null;
};
