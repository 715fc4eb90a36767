import type { Reference, TextReference } from '../../model/value.ts';
import type { Hole, Symbolic } from './symbolic.ts';
import { piecesOf, textFrom } from './values.ts';

/**
 * Which attributes a text was made from, also where all of it is known. What puts texts one behind the other keeps them
 * apart; whatever else makes a text makes all of it from all that it is given.
 */

type Pieces = readonly (string | Hole)[];

/** A part of a text, and what is known of where it comes from. */
export type Stretch = { readonly pieces: Pieces; readonly from: readonly TextReference[] };

/** It was written as it is. */
export const fromNothing: readonly TextReference[] = [];

/** No policy document has so many: beyond it, each stands for all of the text. */
const mostReferences = 4096;

const deepest = 64;

export const madeFrom = (value: Symbolic): readonly TextReference[] => {
  if (value.kind === 'known' && value.exactly !== undefined) return throughout(piecesOf(value) ?? [], [value.exactly]);
  return value.kind === 'known' || value.kind === 'text' ? (value.from ?? fromNothing) : fromNothing;
};

const throughout = (pieces: Pieces, references: readonly Reference[]): readonly TextReference[] => {
  const end = lengthOf(pieces);
  return end === 0 ? fromNothing : references.map((reference) => ({ ...reference, start: 0, end }));
};

const lengthOf = (pieces: Pieces): number =>
  pieces.reduce((sum, piece) => sum + (typeof piece === 'string' ? piece.length : 1), 0);

export const literalStretch = (text: string): Stretch => ({ pieces: [text], from: fromNothing });

/** The part of a stretch between two places, where a hole is one character long. */
export const partOf = ({ pieces, from }: Stretch, start: number, end: number): Stretch => ({
  pieces: piecesBetween(pieces, start, end),
  from: from.flatMap((one) => {
    const [first, last] = [Math.max(one.start, start), Math.min(one.end, end)];
    return first < last ? [{ ...one, start: first - start, end: last - start }] : [];
  }),
});

const piecesBetween = (pieces: Pieces, start: number, end: number): Pieces => {
  let before = 0;
  return pieces.flatMap((piece) => {
    const length = typeof piece === 'string' ? piece.length : 1;
    const [first, last] = [Math.max(0, start - before), Math.min(length, end - before)];
    before += length;
    if (first >= last) return [];
    return [typeof piece === 'string' ? piece.slice(first, last) : piece];
  });
};

/** Null where the value can be no text. */
export const stretchOf = (value: Symbolic): Stretch | null => {
  const pieces = piecesOf(value);
  return pieces === null ? null : { pieces, from: madeFrom(value) };
};

/** What a value is written as, in whatever way. */
export const writtenAs = (pieces: Pieces, value: Symbolic): Stretch => {
  const own = stretchOf(value);
  const isSame = own !== null && lengthOf(own.pieces) === lengthOf(pieces);
  return { pieces, from: isSame ? own.from : throughout(pieces, referencesIn([value])) };
};

/** A text of stretches, one behind the other. */
export const textOfStretches = (stretches: readonly Stretch[]): Symbolic => {
  const text = textFrom(stretches.flatMap(({ pieces }) => pieces));
  return text.kind === 'known' || text.kind === 'text' ? { ...text, from: joined(stretches) } : text;
};

const joined = (stretches: readonly Stretch[]): readonly TextReference[] => {
  if (stretches.every(({ from }) => from.length === 0)) return fromNothing;
  const all: TextReference[] = [];
  let before = 0;
  for (const { pieces, from } of stretches) {
    for (const one of from) all.push({ ...one, start: before + one.start, end: before + one.end });
    before += lengthOf(pieces);
  }
  return all.length > mostReferences ? once(all).map((one) => ({ ...one, start: 0, end: before })) : all;
};

const once = <T extends Reference>(references: readonly T[]): readonly T[] =>
  references.length < 2
    ? references
    : [...new Map(references.map((one) => [`${one.resource} ${one.path}`, one] as const)).values()];

/** What a function makes: of texts of which it says no more, each comes from all of the arguments. */
export const fromArguments = (result: Symbolic, args: readonly Symbolic[]): Symbolic => {
  if (!hasOpenText(result)) return result;
  const references = referencesIn(args);
  return references.length === 0 ? result : stamped(result, references);
};

/** A text of which nobody has said where it comes from. */
const isOpenText = (value: Symbolic): boolean =>
  value.kind === 'known'
    ? typeof value.value === 'string' && value.from === undefined && value.exactly === undefined
    : value.kind === 'text' && value.from === undefined;

const hasOpenText = (value: Symbolic, depth = 0): boolean => {
  if (depth > deepest) return false;
  if (value.kind === 'list') return value.items.some((item) => hasOpenText(item, depth + 1));
  if (value.kind === 'map') return [...value.entries.values()].some((item) => hasOpenText(item, depth + 1));
  return isOpenText(value);
};

const stamped = (value: Symbolic, references: readonly Reference[], depth = 0): Symbolic => {
  if (depth > deepest) return value;
  const inner = (item: Symbolic): Symbolic => stamped(item, references, depth + 1);
  if (value.kind === 'list') return { ...value, items: value.items.map(inner) };
  if (value.kind === 'map') {
    return { ...value, entries: new Map([...value.entries].map(([key, item]) => [key, inner(item)] as const)) };
  }
  const isText = (value.kind === 'known' || value.kind === 'text') && isOpenText(value);
  return isText ? { ...value, from: throughout(piecesOf(value) ?? [], references) } : value;
};

/** Every attribute that a part of the values is, or was made from. */
export const referencesIn = (values: readonly Symbolic[]): readonly Reference[] => {
  const found: Reference[] = [];
  for (const value of values) gather(value, found, 0);
  return once(found);
};

const gather = (value: Symbolic, found: Reference[], depth: number): void => {
  if (depth > deepest) return;
  switch (value.kind) {
    case 'known':
    case 'text':
      gatherText(value, found, depth);
      break;
    case 'list':
      for (const item of value.items) gather(item, found, depth + 1);
      break;
    case 'map':
      for (const item of value.entries.values()) gather(item, found, depth + 1);
      break;
    default:
      for (const reference of value.references) found.push(reference);
  }
};

const gatherText = (value: Extract<Symbolic, { kind: 'known' | 'text' }>, found: Reference[], depth: number): void => {
  for (const { start: _, end: __, ...reference } of madeFrom(value)) found.push(reference);
  // The JSON of a value is made from what the value is made from.
  if (value.json !== undefined) gather(value.json, found, depth + 1);
  const holes = value.kind === 'text' ? value.parts.filter((part) => typeof part !== 'string') : [];
  for (const hole of holes) for (const reference of hole.references) found.push(reference);
};
