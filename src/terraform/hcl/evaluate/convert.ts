import type { Symbolic, SymbolicList } from '../symbolic.ts';
import type { Expression } from '../syntax.ts';
import {
  failure,
  isFailure,
  list,
  map,
  nothing,
  originsOf,
  scalar,
  unknownFrom,
  valuesIn,
  withValues,
} from '../values.ts';
import { entryAt } from './keyed.ts';
import { numberText } from './numbers.ts';
import { asElements } from './ordering.ts';
import { computedFrom, isKnownNull, readBoolean, readNumber } from './scalars.ts';
import { type AttributeType, type Type, anyType } from './types.ts';

export { type Type, parseType } from './types.ts';

/** Terraform's conversion to a type constraint: of module inputs, and by `tolist` and the like. */

type Defaults = (expression: Expression) => Symbolic;

export const convert = (value: Symbolic, type: Type, evaluateDefault: Defaults): Symbolic => {
  if (value.kind === 'unknown' || isKnownNull(value) || type.kind === 'any') return value;
  const converted = convertTo(value, type, evaluateDefault);
  return converted === value ? value : asBefore(converted, value);
};

/** Place and mark stay what they were. */
const asBefore = (converted: Symbolic, { sensitive, place }: Symbolic): Symbolic => ({
  ...converted,
  ...(sensitive === undefined ? {} : { sensitive }),
  ...(place === undefined || converted.place !== undefined ? {} : { place }),
});

const convertTo = (value: Symbolic, type: Type, evaluateDefault: Defaults): Symbolic => {
  switch (type.kind) {
    case 'any':
      return value;
    case 'string':
    case 'number':
    case 'bool':
      return toScalar(value, type.kind);
    case 'list':
    case 'set':
      return toCollection(value, type.kind, type.element, evaluateDefault);
    case 'tuple':
      return toTuple(value, type.elements, evaluateDefault);
    case 'map':
      return toMap(value, type.element, evaluateDefault);
    case 'object':
      return toObject(value, type.attributes, evaluateDefault);
  }
};

const toScalar = (value: Symbolic, kind: 'string' | 'number' | 'bool'): Symbolic => {
  if (value.kind !== 'known' && value.kind !== 'text') return failure(kind);
  if (kind === 'string') return toText(value);
  if (value.kind === 'known' && kind === 'number' && typeof value.value === 'number') return value;
  const read = kind === 'number' ? readNumber(value) : readBoolean(value);
  if (read === 'wrong') return failure(kind);
  return read === 'unknown' ? computedFrom([value]) : scalar(read);
};

const toText = (value: Symbolic): Symbolic => {
  if (value.kind !== 'known' || typeof value.value === 'string') return value;
  const text = typeof value.value === 'number' ? numberText(value.value) : String(value.value);
  return text === null ? computedFrom([value]) : scalar(text);
};

const toCollection = (value: Symbolic, kind: 'list' | 'set', element: Type, evaluateDefault: Defaults): Symbolic => {
  if (value.kind !== 'list') return failure(kind);
  if (element.kind === 'any' && isMixed(value.items)) return failure(kind);
  const converted = convertAll(value.items, element, evaluateDefault);
  const failed = converted.find(isFailure);
  if (failed !== undefined) return failed;
  if (kind === 'set') return list(asElements(converted), 'set', value.open);
  return list(converted, 'list', value.open ?? disorder(value));
};

/** Where elements of a set are unknown, so is their order, and how many are the same. */
const disorder = (value: SymbolicList): SymbolicList['open'] =>
  value.type === 'set' && value.items.length > 1 && value.items.some(({ kind }) => kind !== 'known')
    ? originsOf(value)
    : undefined;

const convertAll = (items: readonly Symbolic[], element: Type, evaluateDefault: Defaults): readonly Symbolic[] => {
  const type = element.kind === 'any' ? commonType(items) : element;
  return items.map((item) => convert(item, type, evaluateDefault));
};

/** Texts next to lists, lists next to objects: Terraform finds no type for them. */
const isMixed = (items: readonly Symbolic[]): boolean => {
  const known = items.filter((item) => item.kind !== 'unknown' && item.kind !== 'instance' && !isKnownNull(item));
  return new Set(known.map(({ kind }) => (kind === 'text' ? 'known' : kind))).size > 1;
};

/** Elements of a list, each of the type that all of them have in common. */
export const unified = (items: readonly Symbolic[]): readonly Symbolic[] =>
  convertAll(items, anyType, (): Symbolic => nothing);

/** Numbers and booleans next to texts become texts, in lists of lists too. */
const commonType = (items: readonly Symbolic[]): Type => {
  const known = items.filter((item) => item.kind !== 'unknown' && !isKnownNull(item));
  const lists = known.filter((item) => item.kind === 'list');
  if (lists.length > 1 && lists.length === known.length) return commonListType(lists);
  const kinds = new Set(known.map(scalarKind));
  return kinds.size > 1 && !kinds.has('other') ? { kind: 'string' } : anyType;
};

/** Tuples of one length stay tuples. */
const commonListType = (lists: readonly SymbolicList[]): Type => {
  const isTuple = lists.every(
    ({ type, items, open }) => type === 'tuple' && !open && items.length === lists[0]?.items.length,
  );
  if (!isTuple) {
    const element = commonType(lists.flatMap(({ items }) => items));
    return element.kind === 'any' ? anyType : { kind: 'list', element };
  }
  const elements = (lists[0]?.items ?? []).map((_, at) => commonType(lists.flatMap(({ items }) => items[at] ?? [])));
  return elements.every(({ kind }) => kind === 'any') ? anyType : { kind: 'tuple', elements };
};

const scalarKind = (item: Symbolic): string => {
  if (item.kind === 'text') return 'string';
  return item.kind === 'known' ? typeof item.value : 'other';
};

const toTuple = (value: Symbolic, elements: readonly Type[], evaluateDefault: Defaults): Symbolic => {
  if (value.kind !== 'list') return failure('tuple');
  if (value.open !== undefined || value.type === 'set') return unknownFrom(originsOf(value));
  if (value.items.length !== elements.length) return failure('tuple');
  const items = value.items.map((item, at) => convert(item, elements[at] ?? anyType, evaluateDefault));
  return items.find(isFailure) ?? list(items);
};

const toMap = (value: Symbolic, element: Type, evaluateDefault: Defaults): Symbolic => {
  // The attributes of an instance are asked for one by one, whatever it is called.
  if (value.kind === 'instance') return value;
  if (value.kind !== 'map') return failure('map');
  const values = valuesIn(value);
  if (element.kind === 'any' && isMixed(values)) return failure('map');
  const items = convertAll(values, element, evaluateDefault);
  return items.find(isFailure) ?? { ...withValues(value, items), type: 'map' };
};

type Attributes = ReadonlyMap<string, AttributeType>;

const toObject = (value: Symbolic, attributes: Attributes, evaluateDefault: Defaults): Symbolic => {
  if (value.kind !== 'map' && value.kind !== 'instance') return failure('object');
  const entries = new Map<string, Symbolic>();
  for (const [name, attribute] of attributes) {
    const written = value.kind === 'map' ? entryAt(value, name) : value.attribute(name);
    const item = toAttribute(written, name, attribute, evaluateDefault);
    if (isFailure(item)) return item;
    entries.set(name, item);
  }
  return map(entries);
};

/** An optional attribute that is absent or null has its default. */
const toAttribute = (
  written: Symbolic | undefined,
  name: string,
  { type, optional, fallback }: AttributeType,
  evaluateDefault: Defaults,
): Symbolic => {
  if (written === undefined && !optional) return failure(name);
  if (written !== undefined && !isKnownNull(written)) return convert(written, type, evaluateDefault);
  if (fallback === undefined) return written ?? nothing;
  return convert(evaluateDefault(fallback), type, evaluateDefault);
};
