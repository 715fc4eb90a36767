import { type Json, type JsonObject, isObject, sameJson } from '../json.ts';
import { isConstant } from './json-syntax.ts';
import { type Scope, constantOf } from './references.ts';

/**
 * Finds, for each element of a set of nested blocks, the configuration blocks that may have made it.
 *
 * The plan lists a set in hash order and the configuration in source order, so the two are matched by what is constant
 * in them. Elements that no constant tells apart are the same but for what is unknown, and are taken in order.
 * Empty where the numbers differ, as they do with `dynamic` blocks.
 */
export const matchBlocks = (
  elements: readonly JsonObject[],
  unknowns: readonly Json[],
  nodes: readonly JsonObject[],
  scope: Scope,
): readonly (readonly JsonObject[])[] => {
  if (nodes.length === 0 || nodes.length !== elements.length) return elements.map(() => []);
  const written = nodes.map((node) => argumentsOf(node, elements, scope));
  const edges = elements.map((element, i) =>
    written.flatMap((own, j) => (compatible(element, unknowns[i], own) ? [j] : [])),
  );
  const twins = edges.every((edge, i) => edge.length === 1 || sameAsOthersOf(edge, i, edges, elements));
  const order = assign(edges);
  if (order === null) return elements.map(() => []);
  if (twins) return order.map((j) => pick(nodes, [j]));
  return edges.map((edge, i) =>
    pick(
      nodes,
      edge.filter((j) => feasible(edges, i, j)),
    ),
  );
};

const pick = (nodes: readonly JsonObject[], indexes: readonly number[]): readonly JsonObject[] =>
  nodes.filter((_, index) => indexes.includes(index));

const sameAsOthersOf = (
  edge: readonly number[],
  i: number,
  edges: readonly (readonly number[])[],
  elements: readonly JsonObject[],
): boolean => edges.every((other, k) => !other.some((j) => edge.includes(j)) || sameJson(elements[k], elements[i]));

/** A node for each element by augmenting paths, the first that is free preferred; null where there is none for all. */
const assign = (edges: readonly (readonly number[])[]): readonly number[] | null => {
  const elementOf = new Map<number, number>();
  const place = (i: number, tried: Set<number>): boolean => {
    const edge = edges[i] ?? [];
    const free = edge.find((j) => !elementOf.has(j));
    const displaces = (j: number): boolean => {
      if (tried.has(j)) return false;
      tried.add(j);
      return place(elementOf.get(j) ?? i, tried);
    };
    const found = free ?? edge.find(displaces);
    if (found !== undefined) elementOf.set(found, i);
    return found !== undefined;
  };
  if (!edges.every((_, i) => place(i, new Set()))) return null;
  const nodeOf = new Map([...elementOf].map(([j, i]) => [i, j]));
  return edges.map((_, i) => nodeOf.get(i) ?? -1);
};

const feasible = (edges: readonly (readonly number[])[], i: number, j: number): boolean =>
  assign(edges.map((edge, k) => (k === i ? [j] : edge.filter((other) => other !== j)))) !== null;

/** An argument of a block, with the constant that tells elements apart, where it has one. */
type Argument = {
  readonly name: string;
  readonly isConstant: boolean;
  readonly deciding: { readonly value: Json } | undefined;
};

const argumentsOf = (node: JsonObject, elements: readonly JsonObject[], scope: Scope): readonly Argument[] =>
  Object.entries(node).map(([name, expression]) => {
    const constant = isObject(expression) ? constantOf(expression, scope) : undefined;
    // A variable may stand inside a larger expression, and a provider may write a text in another way: a constant tells
    // elements apart only where some element equals it.
    const decides = constant !== undefined && elements.some((element) => sameConstant(element[name], constant.value));
    return { name, isConstant: isConstant(expression), deciding: decides ? constant : undefined };
  });

const compatible = (element: JsonObject, unknown: Json | undefined, written: readonly Argument[]): boolean =>
  written.every(({ name, isConstant: isFixed, deciding }) => {
    if (isObject(unknown) && unknown[name] === true) return !isFixed;
    return deciding === undefined || sameConstant(element[name], deciding.value);
  });

/** Deeper than any set in a block; each level compares both ways, and so doubles the cost. */
const maximumSets = 4;

/** Sets stand in the plan in the order of hashes, numbers as numbers however they are written, and "" for null. */
const sameConstant = (value: Json | undefined, constant: Json, depth = 0): boolean => {
  if (Array.isArray(value) && Array.isArray(constant) && depth < maximumSets) {
    return holdsAll(value, constant, depth) && holdsAll(constant, value, depth);
  }
  if (isEmpty(value) || isEmpty(constant)) return isEmpty(value) && isEmpty(constant);
  return sameJson(value, constant) || (isScalar(value) && isScalar(constant) && String(value) === String(constant));
};

const holdsAll = (list: readonly Json[], items: readonly Json[], depth: number): boolean =>
  items.every((item) => list.some((other) => sameConstant(other, item, depth + 1)));

const isEmpty = (value: Json | undefined): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

const isScalar = (value: Json | undefined): boolean => typeof value !== 'object';
