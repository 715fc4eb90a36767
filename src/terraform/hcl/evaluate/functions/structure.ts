import type { Hole, Symbolic } from '../../symbolic.ts';
import { list, map, textFrom } from '../../values.ts';
import type { Pieces } from '../scalars.ts';
import type { FunctionContext } from './context.ts';

/** Taking attributes of known shape apart, and putting them together again where all of one came out. */

export type Expanded = { readonly pieces: Pieces; readonly wholes: readonly Whole[] };
type Whole = { readonly hole: Hole; readonly structure: Pieces };

/** Holes whose structure is known, replaced by it. */
export const expand = (pieces: Pieces, context: FunctionContext): Expanded => {
  const wholes: Whole[] = [];
  const expanded = pieces.flatMap((piece): Pieces => {
    const whole = typeof piece === 'string' ? null : wholeOf(piece, context);
    if (whole === null) return [piece];
    wholes.push(whole);
    return whole.structure;
  });
  return { pieces: expanded, wholes };
};

const wholeOf = (hole: Hole, { structureOf }: FunctionContext): Whole | null => {
  const structure = hole.exactly === undefined || hole.without !== undefined ? null : structureOf(hole.exactly);
  if (structure === null || (structure.length === 1 && structure[0] === hole)) return null;
  const marked = structure.map((part) =>
    typeof part === 'string' || hole.sensitive === undefined ? part : { ...part, sensitive: hole.sensitive },
  );
  return { hole, structure: marked };
};

/** Holes as single characters that no text has, so that a text with holes can be searched as one. */
const firstMark = 0xe000;
const marksInText = /[\ue000-\uf8ff]/;

export class Marks {
  readonly #holes: Hole[] = [];

  encode(pieces: Pieces): string {
    return pieces.map((piece) => (typeof piece === 'string' ? piece : this.markOf(piece))).join('');
  }

  markOf(hole: Hole): string {
    const at = this.#holes.indexOf(hole);
    return String.fromCharCode(firstMark + (at < 0 ? this.#holes.push(hole) - 1 : at));
  }

  decode(text: string): Pieces {
    return text
      .split(/([\ue000-\uf8ff])/)
      .map((part) => (marksInText.test(part) ? (this.#holes[part.charCodeAt(0) - firstMark] ?? '') : part));
  }
}

/** Whether a text can be told from marks. */
export const isPlain = (text: string): boolean => !marksInText.test(text);

/** Texts with marks in a value, as texts with holes. */
export const decodeIn = (value: Symbolic, marks: Marks, wholes: readonly Whole[]): Symbolic => {
  if (value.kind === 'known') return typeof value.value === 'string' ? decoded(value.value, marks, wholes) : value;
  if (value.kind === 'list')
    return list(
      value.items.map((item) => decodeIn(item, marks, wholes)),
      value.type,
    );
  if (value.kind !== 'map') return value;
  return map(new Map([...value.entries].map(([key, item]) => [key, decodeIn(item, marks, wholes)])), value.type);
};

const decoded = (text: string, marks: Marks, wholes: readonly Whole[]): Symbolic => {
  let restored = text;
  for (const { hole, structure } of wholes) {
    restored = restored.replaceAll(marks.encode(structure), () => marks.markOf(hole));
  }
  const pieces = marks.decode(restored);
  return textFrom(pieces);
};
