import type { Tri } from '../../../model/value.ts';
import { type Origins, joinOrigins } from '../../origins.ts';
import type { Hole, Symbolic } from '../symbolic.ts';
import { asSensitive, originsOf, unknownFrom } from '../values.ts';
import { parseNumber } from './numbers.ts';

/** Reading values as operands and arguments: what Terraform converts by itself, and who passes on what. */

/** A number; a text that is one counts as one. `'wrong'` for what is none, null among them. */
export const readNumber = (value: Symbolic): number | 'unknown' | 'wrong' => {
  if (value.kind === 'unknown') return 'unknown';
  if (value.kind === 'text') return 'unknown';
  if (value.kind !== 'known') return 'wrong';
  if (typeof value.value === 'string') return parseNumber(value.value);
  return typeof value.value === 'number' ? value.value : 'wrong';
};

/** An integer. */
export const readInteger = (value: Symbolic): number | 'unknown' | 'wrong' => {
  const number = readNumber(value);
  return typeof number === 'string' || Number.isSafeInteger(number) ? number : 'wrong';
};

const parseBoolean = (text: string): boolean | 'wrong' => {
  if (text === 'true' || text === '1') return true;
  return text === 'false' || text === '0' ? false : 'wrong';
};

export const readBoolean = (value: Symbolic): Tri | 'wrong' => {
  if (value.kind === 'unknown' || value.kind === 'text') return 'unknown';
  if (value.kind !== 'known') return 'wrong';
  if (typeof value.value === 'string') return parseBoolean(value.value);
  return typeof value.value === 'boolean' ? value.value : 'wrong';
};

/** A text as known parts and holes. */
export type Pieces = readonly (string | Hole)[];

/** The text, where all of it is known. */
export const knownText = (pieces: Pieces): string | undefined => {
  const [only] = pieces;
  if (pieces.length === 0) return '';
  return pieces.length === 1 && typeof only === 'string' ? only : undefined;
};

export const isKnownNull = (value: Symbolic): boolean => value.kind === 'known' && value.value === null;

/** Computed from all of these: nothing more is known of it. */
export const computedFrom = (values: readonly Symbolic[]): Symbolic => {
  const marked = values.some((value) => value.sensitive === true);
  const result = unknownFrom(joinOrigins(values.map((value) => originsOf(value))));
  return marked ? asSensitive(result) : result;
};

/** Marks of the values themselves pass on; those of their parts stay with the parts. */
export const marked = (value: Symbolic, ...sources: readonly Symbolic[]): Symbolic =>
  value.sensitive !== true && sources.some((source) => source.sensitive === true) ? asSensitive(value) : value;

/** One of several: each of the references may be the one, or none. */
export const anyOf = (origins: Origins): Symbolic =>
  unknownFrom(
    origins.references.length > 1
      ? { ...origins, references: origins.references.map((reference) => ({ ...reference, oneOf: true as const })) }
      : origins,
  );
