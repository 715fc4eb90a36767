import { type Stretch, stretchOf, textOfStretches } from '../../made-from.ts';
import type { Hole, Symbolic } from '../../symbolic.ts';
import { failure, list, piecesOf, scalar, textFrom } from '../../values.ts';
import { computedFrom, knownText } from '../scalars.ts';
import { at, withItems, withNumbers, withPieces } from './arguments.ts';
import { type FunctionContext, type FunctionTable, type TerraformFunction, whole } from './context.ts';
import { obstaclesFrom, overlaps } from './fillings.ts';
import { graphemesOf } from './graphemes.ts';
import { lift, withTextsOrHoles } from './lift.ts';
import { replace } from './regex/functions.ts';

type Search = (text: string, needle: string) => Symbolic;

/** What is looked for must be known: where it is not, it may be in the text or not, whatever is tried. */
const search = (args: readonly Symbolic[], context: FunctionContext, use: Search): Symbolic => {
  const pieces = piecesOf(at(args, 1));
  const needle = pieces === null ? undefined : knownText(pieces);
  if (needle === undefined) return pieces === null ? failure('text') : computedFrom(args);
  return withTextsOrHoles(args.slice(0, 1), context, overlaps(needle), (text = '') => use(text, needle));
};

/** A function of texts, of which the last is what it looks for. */
const searching = (use: Search): TerraformFunction => whole(2, 2, (args, context) => search(args, context, use));

const blanks = [' ', '\n', '', 'a ', ' a', '\r\n'];

/** A function of one text. */
const shaping = (obstacles: readonly string[], use: (text: string) => string): TerraformFunction =>
  whole(1, 1, (args, context) =>
    withTextsOrHoles(args, context, obstaclesFrom(obstacles), (text = '') => scalar(use(text))),
  );

const split: TerraformFunction = whole(2, 2, (args, context) =>
  search([...args].reverse(), context, (text, needle) =>
    list((needle === '' ? [...text] : text.split(needle)).map(scalar), 'list'),
  ),
);

/** Lists one after the other; unknown elements are holes. */
const join = (args: readonly Symbolic[]): Symbolic => {
  const separator = stretchOf(at(args, 0));
  if (separator === null) return failure('join()');
  const stretches: Stretch[] = [];
  for (const arg of args.slice(1)) {
    const outcome = withItems(arg, (items) => {
      const texts = items.map(stretchOf);
      if (texts.includes(null))
        return items.some(({ kind }) => kind === 'instance') ? computedFrom(args) : failure('join()');
      stretches.push(...texts.filter((text) => text !== null));
      return scalar(true);
    });
    if (outcome.kind === 'unknown') return outcome.failed ? outcome : computedFrom(args);
  }
  return textOfStretches(stretches.flatMap((text, index) => (index === 0 ? [text] : [separator, text])));
};

/** Changes known parts one by one; what comes of the holes is computed from them. */
const byParts = (change: (text: string) => string): TerraformFunction =>
  whole(1, 1, (args, context) => {
    const answer = lift(args, context, obstaclesFrom(['aB', 'Ab', 'éÉ', '']), (text = '') => scalar(change(text)));
    return answer ?? withPieces(at(args, 0), (pieces) => textFrom(pieces.map((piece) => changed(piece, change))));
  });

const changed = (piece: string | Hole, change: (text: string) => string): string | Hole => {
  if (typeof piece === 'string') return change(piece);
  const { exactly: _, without = '', ...plain } = piece;
  // Letters become letters: other characters come from nowhere.
  const hole = /[^\P{L}]/u.test(without) || without === '' ? plain : { ...plain, without };
  return hole;
};

const substring = (args: readonly Symbolic[], context: FunctionContext): Symbolic =>
  withNumbers(args.slice(1), (offset = 0, length = 0) => {
    const obstacles = obstaclesFrom(['', 'a', 'ab', 'abcdefghijklmnopqrstuvwxyz0123456789']);
    return withTextsOrHoles(args.slice(0, 1), context, obstacles, (text = '') => cut(text, offset, length));
  });

const cut = (text: string, offset: number, length: number): Symbolic => {
  if (!Number.isInteger(offset) || !Number.isInteger(length)) return failure('substr()');
  const characters = graphemesOf(text);
  // Terraform begins at the beginning where the offset lies before it.
  const start = offset < 0 ? Math.max(0, offset + characters.length) : offset;
  const takesAll = length < 0 || (length === 0 && offset < 0);
  return scalar(characters.slice(start, takesAll ? undefined : start + length).join(''));
};

const trimSet = (text: string, characters: string): string => {
  const set = new Set(characters);
  const all = [...text];
  let [start, end] = [0, all.length];
  while (start < end && set.has(all[start] ?? '')) start++;
  while (end > start && set.has(all[end - 1] ?? '')) end--;
  return all.slice(start, end).join('');
};

const indent = (args: readonly Symbolic[], context: FunctionContext): Symbolic =>
  withNumbers([at(args, 0)], (count) => {
    if (!Number.isInteger(count) || count < 0 || count > 1000) return failure('indent()');
    const margin = `\n${' '.repeat(count)}`;
    return withTextsOrHoles([at(args, 1)], context, obstaclesFrom(['\n', 'a\nb', '']), (text = '') =>
      scalar(text.replaceAll('\n', margin)),
    );
  });

/** The first letter of every word, as Go sees words. */
const title = (text: string): string =>
  text.replaceAll(
    /(^|[\0-/:-@[-^`{-\x7f\s])(\p{L})/gu,
    (_, before: string, letter: string) => before + byCharacter(letter, (one) => one.toUpperCase()),
  );

/** Of each character another one: no letter becomes two. */
const byCharacter = (text: string, change: (character: string) => string): string =>
  Array.from(text, (character) => {
    const changedTo = change(character);
    return Array.from(changedTo).length === 1 ? changedTo : character;
  }).join('');

const reversed = (args: readonly Symbolic[]): Symbolic => {
  const text = knownText(piecesOf(at(args, 0)) ?? []);
  return text === undefined ? computedFrom(args) : scalar([...graphemesOf(text)].reverse().join(''));
};

export const textFunctions: FunctionTable = {
  split,
  join: whole(1, Number.POSITIVE_INFINITY, join),
  replace: whole(3, 3, replace),
  startswith: searching((text, needle) => scalar(text.startsWith(needle))),
  endswith: searching((text, needle) => scalar(text.endsWith(needle))),
  strcontains: searching((text, needle) => scalar(text.includes(needle))),
  trimprefix: searching((text, needle) => scalar(text.startsWith(needle) ? text.slice(needle.length) : text)),
  trimsuffix: searching((text, needle) =>
    scalar(text.endsWith(needle) ? text.slice(0, text.length - needle.length) : text),
  ),
  trim: searching((text, characters) => scalar(trimSet(text, characters))),
  trimspace: shaping(blanks, (text) => text.replaceAll(/^[\s\u0085]+|[\s\u0085]+$/g, '')),
  chomp: shaping(['\n', 'a\n', '', '\r\n'], (text) => text.replace(/(?:\r?\n)+$/, '')),
  lower: byParts((text) => byCharacter(text, (one) => one.toLowerCase())),
  upper: byParts((text) => byCharacter(text, (one) => one.toUpperCase())),
  title: shaping(['aB', 'a-b', ' b', '', 'é'], title),
  strrev: whole(1, 1, reversed),
  substr: whole(3, 3, substring),
  indent: whole(2, 2, indent),
};
