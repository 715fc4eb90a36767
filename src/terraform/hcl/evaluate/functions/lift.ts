import type { Hole, Symbolic } from '../../symbolic.ts';
import { failure, isFailure, piecesOf, scalar } from '../../values.ts';
import { equals } from '../equality.ts';
import { type Pieces, computedFrom, knownText } from '../scalars.ts';
import type { FunctionContext } from './context.ts';
import { type Filling, type Obstacles, fillingsOf } from './fillings.ts';
import { Marks, decodeIn, expand, isPlain } from './structure.ts';

/**
 * Functions of known texts, lifted to texts with holes.
 *
 * The function is asked with several fillings of the holes: texts of the form that the hole is known to have, and for
 * the others what could get in the way of this function. Where one answer, with holes where the fillings stood, is
 * right for all of them, it is the answer; otherwise the result is computed from all of the arguments.
 */

type Use = (...texts: readonly string[]) => Symbolic;

/** Null where fillings give different answers. */
export const lift = (
  args: readonly Symbolic[],
  context: FunctionContext,
  obstacles: Obstacles,
  use: Use,
): Symbolic | null => {
  const pieces = args.map(piecesOf);
  if (args.some((arg, index) => pieces[index] === null && arg.kind !== 'instance')) return failure('text');
  const all = pieces.filter((one) => one !== null);
  const texts = all.map(knownText).filter((text) => text !== undefined);
  if (texts.length === args.length) return use(...texts);
  return all.length === args.length ? lifted(all, context, obstacles, use) : null;
};

export const withTextsOrHoles = (...[args, context, obstacles, use]: Parameters<typeof lift>): Symbolic =>
  lift(args, context, obstacles, use) ?? computedFrom(args);

const lifted = (args: readonly Pieces[], context: FunctionContext, obstacles: Obstacles, use: Use): Symbolic | null => {
  const known = new Map<string, Hole>();
  const expanded = args.map((arg) => expand(sameHoles(arg, known), context));
  const pieces = expanded.map((one) => one.pieces);
  if (!pieces.flat().every((piece) => typeof piece !== 'string' || isPlain(piece))) return null;
  const [first, ...others] = fillingsOf(pieces, obstacles, context);
  if (first === undefined) return null;
  const marks = new Marks();
  const marked = markedAnswer(use(...fill(pieces, first)), first, marks);
  const right = others.every((filling) => same(unmark(marked, filling, marks), use(...fill(pieces, filling))));
  return right
    ? decodeIn(
        marked,
        marks,
        expanded.flatMap(({ wholes }) => wholes),
      )
    : null;
};

/** An attribute that stands in several places is the same hole in all of them. */
const sameHoles = (pieces: Pieces, known: Map<string, Hole>): Pieces =>
  pieces.map((piece) => {
    if (typeof piece === 'string' || piece.exactly === undefined || piece.exactly.oneOf) return piece;
    const key = JSON.stringify([piece.exactly.resource, piece.exactly.path, piece.without ?? '']);
    const hole = known.get(key) ?? piece;
    known.set(key, hole);
    return hole;
  });

const fill = (args: readonly Pieces[], filling: Filling): readonly string[] =>
  args.map((pieces) =>
    pieces.map((piece) => (typeof piece === 'string' ? piece : (filling.get(piece) ?? ''))).join(''),
  );

const same = (left: Symbolic, right: Symbolic): boolean =>
  isFailure(left) || isFailure(right) ? isFailure(left) && isFailure(right) : equals(left, right) === true;

/** The answer with a mark wherever the text of a hole came out. */
const markedAnswer = (answer: Symbolic, filling: Filling, marks: Marks): Symbolic => {
  const longestFirst = [...filling].sort(([, left], [, right]) => right.length - left.length);
  return mapTexts(answer, (text) =>
    longestFirst.reduce(
      (marked, [hole, own]) => (own === '' ? marked : marked.replaceAll(own, marks.markOf(hole))),
      text,
    ),
  );
};

const unmark = (answer: Symbolic, filling: Filling, marks: Marks): Symbolic =>
  mapTexts(answer, (text) =>
    marks
      .decode(text)
      .map((piece) => (typeof piece === 'string' ? piece : (filling.get(piece) ?? '')))
      .join(''),
  );

const mapTexts = (value: Symbolic, change: (text: string) => string): Symbolic => {
  if (value.kind === 'known') return typeof value.value === 'string' ? scalar(change(value.value)) : value;
  if (value.kind === 'list') return { ...value, items: value.items.map((item) => mapTexts(item, change)) };
  if (value.kind !== 'map') return value;
  return { ...value, entries: new Map([...value.entries].map(([key, item]) => [key, mapTexts(item, change)])) };
};
