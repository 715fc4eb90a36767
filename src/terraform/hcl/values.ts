import type { Reference } from '../../model/value.ts';
import type { Json } from '../json.ts';
import { type Origins, joinOrigins, noOrigins } from '../origins.ts';
import { numberText } from './evaluate/numbers.ts';
import type { Hole, Place, Symbolic, SymbolicList, SymbolicMap, SymbolicUnknown } from './symbolic.ts';

/** Making symbolic values, and asking what is in them. */

export const scalar = (value: string | number | boolean | null): Symbolic => ({ kind: 'known', value });

export const nothing: Symbolic = scalar(null);

export const unknownFrom = ({ references, trailEnds }: Origins): SymbolicUnknown => ({
  kind: 'unknown',
  references,
  trailEnds,
});

export const lost = (...trailEnds: readonly string[]): SymbolicUnknown => ({
  kind: 'unknown',
  references: [],
  trailEnds,
});

/** What Terraform would report as an error. `trailEnd` says what it is about. */
export const failure = (trailEnd: string): SymbolicUnknown => ({ ...lost(trailEnd), failed: true });

export const isFailure = (value: Symbolic): boolean => value.kind === 'unknown' && value.failed === true;

/** An attribute of a resource as it stands. */
export const attributeOf = (reference: Reference): SymbolicUnknown => ({
  kind: 'unknown',
  exactly: reference,
  references: [reference],
  trailEnds: [],
});

export const list = (items: readonly Symbolic[], type: SymbolicList['type'] = 'tuple', open?: Origins): Symbolic => ({
  kind: 'list',
  type,
  items,
  ...(open === undefined ? {} : { open }),
});

export const map = (
  entries: ReadonlyMap<string, Symbolic>,
  type: SymbolicMap['type'] = 'object',
  open?: Origins,
): Symbolic => ({ kind: 'map', type, entries, ...(open === undefined ? {} : { open }) });

/** The map with other values under the same keys. */
const mapValues = (value: SymbolicMap, change: (item: Symbolic) => Symbolic): SymbolicMap => {
  const entries = new Map([...value.entries].map(([key, item]) => [key, change(item)]));
  if (value.hidden === undefined) return { ...value, entries };
  const items = value.hidden.items.map(([key, item]) => [key, change(item)] as const);
  return { ...value, entries, hidden: { ...value.hidden, items } };
};

/** The map with these values in place of its own, in the order of `valuesIn`. */
export const withValues = (value: SymbolicMap, items: readonly Symbolic[]): SymbolicMap => {
  let next = 0;
  return mapValues(value, (item) => items[next++] ?? item);
};

/** All values of a map, those with unknown keys behind the others. */
export const valuesIn = ({ entries, hidden }: SymbolicMap): readonly Symbolic[] => [
  ...entries.values(),
  ...(hidden?.items ?? []).map(([, item]) => item),
];

/** JSON as a value: null-prototype safe, for keys are the input's. */
export const fromJson = (json: Json): Symbolic => {
  if (Array.isArray(json)) return list(json.map(fromJson));
  if (typeof json === 'object' && json !== null) {
    return map(new Map(Object.entries(json).map(([key, value]) => [key, fromJson(value)])));
  }
  return scalar(json as string | number | boolean | null);
};

const deepest = 64;

/** Everything unknown that a value, or any part of it, comes from. */
export const originsOf = (value: Symbolic, depth = 0): Origins => {
  if (depth > deepest) return { references: [], trailEnds: ['…'] };
  switch (value.kind) {
    case 'known':
      return noOrigins;
    case 'unknown':
      return value;
    case 'text':
      return joinOrigins(value.parts.flatMap((part) => (typeof part === 'string' ? [] : [part])));
    case 'list':
      return joinOrigins([
        ...value.items.map((item) => originsOf(item, depth + 1)),
        ...(value.open ? [value.open] : []),
      ]);
    case 'map':
      return joinOrigins([
        ...[...value.entries.values()].map((item) => originsOf(item, depth + 1)),
        ...(value.open ? [value.open] : []),
      ]);
    case 'instance':
      return { references: value.references, trailEnds: [] };
  }
};

/** Whether anything in it is sensitive. */
export const isSensitive = (value: Symbolic, depth = 0): boolean => {
  if (value.sensitive === true || depth > deepest) return true;
  if (value.kind === 'text') return value.parts.some((part) => typeof part !== 'string' && part.sensitive === true);
  if (value.kind === 'list') return value.items.some((item) => isSensitive(item, depth + 1));
  if (value.kind === 'map') {
    const hidden = (value.hidden?.items ?? []).flat();
    return [...value.entries.values(), ...hidden].some((item) => isSensitive(item, depth + 1));
  }
  return false;
};

export const asSensitive = (value: Symbolic): Symbolic => ({ ...value, sensitive: true });

/** The marks of lists and maps on each of their parts, for who looks at these alone. */
export const withMarksInside = (value: Symbolic, marked = false, depth = 0): Symbolic => {
  const isMarked = marked || value.sensitive === true;
  if (depth > deepest) return asSensitive(value);
  if (value.kind === 'list') {
    return { ...value, items: value.items.map((item) => withMarksInside(item, isMarked, depth + 1)) };
  }
  if (value.kind === 'map') {
    return mapValues(value, (item) => withMarksInside(item, isMarked, depth + 1));
  }
  return isMarked ? asSensitive(value) : value;
};

export const withPlace = (value: Symbolic, place: Place): Symbolic => ({ ...value, place });

/** What another resource or module has: whoever changes it there changes that one, so that the place is where it is referred to. */
export const withoutPlace = ({ place: _, ...value }: Symbolic): Symbolic => value;

/** Marks of the values that something is computed from are its own, too. */
export const sensitiveLike = (value: Symbolic, sources: readonly Symbolic[]): Symbolic =>
  sources.some((source) => isSensitive(source)) ? asSensitive(value) : value;

/** The value as JSON; undefined where a part of it is unknown. */
export const toJson = (value: Symbolic, depth = 0): Json | undefined => {
  if (depth > deepest) return undefined;
  if (value.kind === 'known') return value.value;
  if (value.kind === 'list') return value.open === undefined ? jsonItems(value.items, depth) : undefined;
  if (value.kind !== 'map' || value.open !== undefined) return undefined;
  const entries: [string, Json][] = [];
  for (const [key, item] of value.entries) {
    const json = toJson(item, depth + 1);
    if (json === undefined) return undefined;
    entries.push([key, json]);
  }
  // Not an assignment: `__proto__` is a key like any other.
  return Object.fromEntries(entries);
};

const jsonItems = (items: readonly Symbolic[], depth: number): Json | undefined => {
  const values: Json[] = [];
  for (const item of items) {
    const json = toJson(item, depth + 1);
    if (json === undefined) return undefined;
    values.push(json);
  }
  return values;
};

export const textAt = (value: Symbolic): string | undefined =>
  value.kind === 'known' && typeof value.value === 'string' ? value.value : undefined;

/** The pieces of a value that is to be a text: numbers and booleans are written out. Null where it can be none. */
export const piecesOf = (value: Symbolic): readonly (string | Hole)[] | null => {
  switch (value.kind) {
    case 'known':
      return value.value === null ? null : [scalarPiece(value.value)];
    case 'text':
      return value.parts;
    case 'unknown':
      return [holeOf(value)];
    default:
      return null;
  }
};

/** A number that has more digits than are kept is a hole. */
const scalarPiece = (value: string | number | boolean): string | Hole => {
  if (typeof value !== 'number') return String(value);
  return numberText(value) ?? { references: [], trailEnds: ['number'] };
};

export const holeOf = (value: SymbolicUnknown & { readonly sensitive?: true }): Hole => ({
  ...(value.exactly === undefined ? {} : { exactly: value.exactly }),
  references: value.references,
  trailEnds: value.trailEnds,
  ...(value.sensitive === undefined ? {} : { sensitive: value.sensitive }),
});

/** A text of pieces: neighbours joined, known where no hole is left, and one hole alone is the unknown itself. */
export const textFrom = (pieces: readonly (string | Hole)[]): Symbolic => {
  const parts: (string | Hole)[] = [];
  for (const piece of pieces) {
    const last = parts.at(-1);
    if (piece === '') continue;
    if (typeof piece === 'string' && typeof last === 'string') parts[parts.length - 1] = last + piece;
    else parts.push(piece);
  }
  const [only] = parts;
  if (parts.length === 0) return scalar('');
  if (parts.length > 1 || only === undefined) return { kind: 'text', parts };
  if (typeof only === 'string') return scalar(only);
  const { without: _, ...hole } = only;
  return only.without === undefined ? { kind: 'unknown', ...hole } : { kind: 'text', parts };
};
