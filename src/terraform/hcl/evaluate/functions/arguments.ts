import { type Origins, joinOrigins } from '../../../origins.ts';
import type { Symbolic } from '../../symbolic.ts';
import { failure, nothing, originsOf, piecesOf, scalar } from '../../values.ts';
import { type Pieces, computedFrom, knownText, readNumber } from '../scalars.ts';
import { type TerraformFunction, whole } from './context.ts';

/** Reading arguments: what is unknown makes the result unknown, what has the wrong type makes it an error. */

export const at = (args: readonly Symbolic[], index: number): Symbolic => args[index] ?? nothing;

/** Known texts, or why there are none. */
export const withTexts = (args: readonly Symbolic[], use: (...texts: readonly string[]) => Symbolic): Symbolic => {
  const texts: string[] = [];
  for (const arg of args) {
    const pieces = piecesOf(arg);
    if (pieces === null) return arg.kind === 'instance' ? computedFrom(args) : failure('text');
    const text = knownText(pieces);
    if (text !== undefined) texts.push(text);
  }
  return texts.length === args.length ? use(...texts) : computedFrom(args);
};

export const withNumbers = (args: readonly Symbolic[], use: (...numbers: readonly number[]) => Symbolic): Symbolic => {
  const numbers = args.map(readNumber);
  if (numbers.includes('wrong')) return failure('number');
  const known = numbers.filter((number) => typeof number === 'number');
  return known.length === args.length ? use(...known) : computedFrom(args);
};

/** A text with its holes. */
export const withPieces = (value: Symbolic, use: (pieces: Pieces) => Symbolic): Symbolic => {
  const pieces = piecesOf(value);
  return pieces === null ? failure('text') : use(pieces);
};

/** A function of known numbers only. */
export const ofNumbers = (count: number, use: (...numbers: readonly number[]) => number | null): TerraformFunction =>
  whole(count, count, (args) => withNumbers(args, (...numbers) => orFailure(use(...numbers))));

const orFailure = (value: string | number | boolean | null): Symbolic =>
  value === null || (typeof value === 'number' && !Number.isFinite(value)) ? failure('argument') : scalar(value);

/** Elements of a list, set or tuple; `open` where they may be others. */
export type Elements = { readonly items: readonly Symbolic[]; readonly open?: Origins };

/** `'unknown'` where nothing is known of them, null where the value has none. */
export const elementsOf = (value: Symbolic): Elements | 'unknown' | null => {
  if (value.kind === 'unknown') return 'unknown';
  return value.kind === 'list' ? value : null;
};

/** Elements in an order that is known, and no others. */
export const withItems = (value: Symbolic, use: (items: readonly Symbolic[]) => Symbolic): Symbolic => {
  if (value.kind === 'unknown') return computedFrom([value]);
  if (value.kind !== 'list') return failure('list');
  return value.open !== undefined || isUnsettledSet(value) ? computedFrom([value]) : use(value.items);
};

/** Unknown elements of a set may be equal, and may stand anywhere; collections stand in an order of their own. */
export const isUnsettledSet = (value: Symbolic): boolean =>
  value.kind === 'list' &&
  value.type === 'set' &&
  value.items.length > 1 &&
  value.items.some(({ kind }) => kind !== 'known');

/** Whether all of it is known. */
export const isSettled = (value: Symbolic): boolean => {
  if (value.kind === 'known') return true;
  if (value.kind === 'list') return value.open === undefined && value.items.every(isSettled);
  return value.kind === 'map' && value.open === undefined && [...value.entries.values()].every(isSettled);
};

export const openFrom = (values: readonly Symbolic[]): Origins => joinOrigins(values.map((value) => originsOf(value)));
