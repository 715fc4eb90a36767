import { type Origin, type TemplatePart, type Unknown, type Value, absent, known, unknown } from '../../model/value.ts';
import { madeOf } from '../../terraform/from-source.ts';
import type { Hole, Origins, Place, Symbolic } from '../../terraform/hcl/symbolic.ts';
import { isSensitive, originsOf, piecesOf } from '../../terraform/hcl/values.ts';

/** The origin, with the place where a part of the argument was written. */
export const placed = (origin: Origin, place: Place | undefined): Origin =>
  place === undefined
    ? origin
    : {
        ...origin,
        file: place.file,
        line: place.line,
        column: place.column,
        endLine: place.endLine,
        endColumn: place.endColumn,
      };

export const unknownOf = (origin: Origin, { references, trailEnds }: Origins): Unknown =>
  unknown(origin, references, trailEnds);

const templatePart = (piece: string | Hole): TemplatePart => {
  if (typeof piece === 'string') return piece;
  if (piece.exactly !== undefined) return piece.exactly;
  return { computed: true, references: piece.references, trailEnds: piece.trailEnds };
};

/** A value that is to be a text. What is sensitive reaches no output, so that only what it comes from is kept. */
export const textOf = (value: Symbolic, origin: Origin): Value<string> => {
  const at = placed(origin, value.place);
  if (value.kind === 'known' && value.value === null) return absent(at);
  const pieces = piecesOf(value);
  if (pieces === null || isSensitive(value)) return unknownOf(at, originsOf(value));
  if (value.kind === 'known') return { ...known(String(value.value), at), ...madeOf(value) };
  return { ...unknownOf(at, originsOf(value)), template: pieces.map(templatePart) };
};

/** The same value with the literal parts of it changed. */
export const mapText = (value: Value<string>, change: (text: string) => string): Value<string> => {
  if (value.kind === 'known') return { ...value, value: change(value.value) };
  if (value.kind === 'absent' || value.template === undefined) return value;
  return { ...value, template: value.template.map((part) => (typeof part === 'string' ? change(part) : part)) };
};
