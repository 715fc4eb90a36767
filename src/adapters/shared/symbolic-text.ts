import { type Origin, type TemplatePart, type Unknown, type Value, absent, known, unknown } from '../../model/value.ts';
import { madeOf, placed, textsMadeOf } from '../../terraform/from-source.ts';
import type { Hole, Symbolic } from '../../terraform/hcl/symbolic.ts';
import { isSensitive, originsOf, piecesOf } from '../../terraform/hcl/values.ts';
import type { Origins } from '../../terraform/origins.ts';

export const unknownOf = (origin: Origin, { references, trailEnds }: Origins): Unknown =>
  unknown(origin, references, trailEnds);

const templatePart = (piece: string | Hole): TemplatePart => {
  if (typeof piece === 'string') return piece;
  if (piece.exactly !== undefined) return piece.exactly;
  return { computed: true, references: piece.references, trailEnds: piece.trailEnds };
};

/**
 * A part of a structure that is to be a text. Unlike an argument as a whole, of which `valueFrom` says what it may come
 * from, it keeps that something computes it: nothing in a document is a reference used whole.
 *
 * What is sensitive reaches no output, so that only what it comes from is kept.
 */
export const textOf = (value: Symbolic, origin: Origin): Value<string> => {
  const at = placed(origin, value.place);
  if (value.kind === 'known' && value.value === null) return absent(at);
  const pieces = piecesOf(value);
  if (pieces === null || isSensitive(value)) return unknownOf(at, originsOf(value));
  if (value.kind === 'known') return { ...known(String(value.value), at), ...madeOf(value) };
  return { ...unknownOf(at, originsOf(value)), template: pieces.map(templatePart), ...textsMadeOf(value) };
};

/** The same value with the literal parts of it changed. */
export const mapText = (value: Value<string>, change: (text: string) => string): Value<string> => {
  if (value.kind === 'known') return { ...value, value: change(value.value) };
  if (value.kind === 'absent' || value.template === undefined) return value;
  return { ...value, template: value.template.map((part) => (typeof part === 'string' ? change(part) : part)) };
};
