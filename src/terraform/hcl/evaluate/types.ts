import type { Expression, ObjectItem } from '../syntax.ts';

/** Type constraints of variables. */

export type Type =
  | { readonly kind: 'any' | 'string' | 'number' | 'bool' }
  | { readonly kind: 'list' | 'set' | 'map'; readonly element: Type }
  | { readonly kind: 'tuple'; readonly elements: readonly Type[] }
  | { readonly kind: 'object'; readonly attributes: ReadonlyMap<string, AttributeType> };

export type AttributeType = {
  readonly type: Type;
  readonly optional: boolean;
  /** The second argument of `optional`. */
  readonly fallback?: Expression;
};

export const anyType: Type = { kind: 'any' };

const primitives = ['string', 'number', 'bool', 'any'] as const;
const collections = ['list', 'set', 'map'] as const;

/** A type expression; what is none constrains nothing. */
export const parseType = (expression: Expression): Type => {
  switch (expression.kind) {
    case 'name':
      return namedType(expression.name);
    case 'literal':
      // Terraform 0.11 quoted the names of types.
      return typeof expression.value === 'string' ? namedType(expression.value) : anyType;
    case 'call':
      return constructedType(expression.name, expression.args[0]);
    default:
      return anyType;
  }
};

const namedType = (name: string): Type => {
  const primitive = primitives.find((one) => one === name);
  if (primitive !== undefined) return { kind: primitive };
  const collection = collections.find((one) => one === name);
  return collection === undefined ? anyType : { kind: collection, element: anyType };
};

const constructedType = (name: string, argument: Expression | undefined): Type => {
  if (argument === undefined) return anyType;
  const collection = collections.find((one) => one === name);
  if (collection !== undefined) return { kind: collection, element: parseType(argument) };
  if (name === 'tuple' && argument.kind === 'tuple') return { kind: 'tuple', elements: argument.items.map(parseType) };
  if (name !== 'object' || argument.kind !== 'object') return anyType;
  return { kind: 'object', attributes: new Map(argument.items.flatMap(attributeType)) };
};

const attributeType = ({ key, value }: ObjectItem): readonly (readonly [string, AttributeType])[] => {
  if (key.kind !== 'literal' || typeof key.value !== 'string') return [];
  if (value.kind !== 'call' || value.name !== 'optional') {
    return [[key.value, { type: parseType(value), optional: false }]];
  }
  const [type, fallback] = value.args;
  const parsed = type === undefined ? anyType : parseType(type);
  return [[key.value, { type: parsed, optional: true, ...(fallback === undefined ? {} : { fallback }) }]];
};
