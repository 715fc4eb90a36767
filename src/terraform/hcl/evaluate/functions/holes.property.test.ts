import { describe, expect, test } from '@jest/globals';
import type { Hole, Symbolic, SymbolicMap } from '../../symbolic.ts';
import { isFailure, list, piecesOf, scalar, textFrom, toJson } from '../../values.ts';
import { equals, mayBe } from '../equality.ts';
import { type Entry, entryAt, keyed, sizeOf } from '../keyed.ts';
import { binary } from '../operators.ts';
import { callFunction } from './index.ts';
import { context, show } from './values.test-support.ts';

/** Whatever stands in a hole in the end, what is said before is right. */

const random = (seed: number) => {
  let state = seed;
  const next = (below: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  return next;
};
type Random = ReturnType<typeof random>;

const pick = <T>(next: Random, all: readonly T[]): T => {
  const one = all[next(all.length)];
  if (one === undefined) throw new Error('nothing to pick');
  return one;
};

const textOf = (next: Random, characters: string, longest: number): string =>
  Array.from({ length: next(longest + 1) }, () => pick(next, [...characters])).join('');

/** A text of which a piece is not known, and what it is in the end. */
type Cut = { readonly symbolic: Symbolic; readonly known: Symbolic };
type Contents = Map<Hole, string>;

let holes = 0;

const holeFor = (next: Random, content: string): Hole => {
  holes++;
  const kinds: Hole[] = [{ references: [], trailEnds: ['var.u'] }];
  const text = { resource: 'aws_x.y', path: `text${holes}` };
  kinds.push({ exactly: text, references: [text], trailEnds: [] });
  const name = { resource: 'aws_x.y', path: `n${holes}.name` };
  if (!/\s/.test(content)) kinds.push({ exactly: name, references: [name], trailEnds: [] });
  const segment = { ...text, path: `arn${holes}[6]` };
  if (content !== '' && !content.includes(':')) {
    kinds.push({ exactly: segment, references: [segment], trailEnds: [], without: ':' });
  }
  return pick(next, kinds);
};

const cut = (next: Random, text: string, most: number, contents: Contents): Cut => {
  const pieces: (string | Hole)[] = [];
  let end = 0;
  for (let count = 0; count < most; count++) {
    const start = end + next(text.length - end + 1);
    const stop = start + next(text.length - start + 1);
    const hole = holeFor(next, text.slice(start, stop));
    contents.set(hole, text.slice(start, stop));
    pieces.push(text.slice(end, start), hole);
    end = stop;
  }
  return { symbolic: textFrom([...pieces, text.slice(end)]), known: scalar(text) };
};

const pathOf = (hole: Hole): string | undefined => hole.exactly?.path;

/** Holes that are an attribute as it stands are filled with it. */
const filled = (pieces: readonly (string | Hole)[], contents: Contents): readonly (string | Hole)[] => {
  const values = new Map([...contents].map(([hole, content]) => [pathOf(hole), content]));
  return pieces.map((piece) => (typeof piece === 'string' ? piece : (values.get(pathOf(piece) ?? ' ') ?? piece)));
};

/** Whether the symbolic value may come to the known one. */
const agrees = (symbolic: Symbolic, known: Symbolic, contents: Contents): boolean => {
  if (isFailure(symbolic) || isFailure(known)) return isFailure(known) && (isFailure(symbolic) || isOpen(symbolic));
  if (isOpen(symbolic)) return symbolic.kind === 'unknown' || symbolic.kind === known.kind;
  if (symbolic.kind === 'unknown' || symbolic.kind === 'text') {
    const pieces = filled(piecesOf(symbolic) ?? [], contents);
    return known.kind === 'known' && typeof known.value === 'string' && mayBe(pieces, known.value);
  }
  return agreeInside(symbolic, known, contents);
};

/** Nothing is said of what it holds. Unknown elements of a set may be the same. */
const isOpen = (symbolic: Symbolic): boolean =>
  (symbolic.kind === 'unknown' && symbolic.exactly === undefined) ||
  (symbolic.kind === 'list' &&
    (symbolic.open !== undefined || (symbolic.type === 'set' && toJson(symbolic) === undefined)));

const agreeInside = (symbolic: Symbolic, known: Symbolic, contents: Contents): boolean => {
  if (symbolic.kind === 'list' && known.kind === 'list') {
    const pairs = symbolic.items.map((item, at) => [item, known.items[at] ?? scalar(null)] as const);
    return pairs.length === known.items.length && pairs.every(([left, right]) => agrees(left, right, contents));
  }
  if (symbolic.kind === 'map' && known.kind === 'map') return agreeEntries(symbolic, known, contents);
  return equals(symbolic, known) === true;
};

/** What is said to stand under a name does, and for each key with a hole there is one that it may be. */
const agreeEntries = (symbolic: SymbolicMap, known: SymbolicMap, contents: Contents): boolean => {
  const isNamed = (key: string): boolean =>
    agrees(entryAt(symbolic, key) ?? scalar(null), known.entries.get(key) ?? scalar(null), contents);
  const isHere = ([key, item]: Entry): boolean =>
    symbolic.hidden?.isDistinct !== true ||
    [...known.entries].some(([name, other]) => agrees(key, scalar(name), contents) && agrees(item, other, contents));
  return (
    [known.entries.size, null].includes(sizeOf(symbolic)) &&
    [...symbolic.entries.keys()].every(isNamed) &&
    (symbolic.hidden?.items ?? []).every(isHere)
  );
};

const alphabet = 'ab:-/.A1 ';

const patterns = [
  ...['a', 'a+', '[a-z]+', '[^:]+$', '^a', ':', ':(.*)', '(a)(b)?', '.*:', '^.*:', '[0-9]', '\\s', '(?:a|b)+$', 'a*'],
  ...['^[ab]+:', '-.*-', '(?P<x>[ab])', '\\b', '^$', '[[:upper:]]', 'a.b', '(?i)a', 'a{2}', '[^a]', '/[^/]*$', 'a|:'],
];

type Maker = (next: Random, arg: (text: string) => Cut) => readonly Cut[];

const same = (value: Symbolic): Cut => ({ symbolic: value, known: value });

const anyText = (next: Random, arg: (text: string) => Cut): Cut => arg(textOf(next, alphabet, 9));
const short = (next: Random): Cut => same(scalar(textOf(next, alphabet, 2)));
const listOf = (next: Random, arg: (text: string) => Cut, prefix = ''): Cut => {
  const items = Array.from({ length: next(4) }, () => arg(prefix + textOf(next, 'ab:', 3)));
  return { symbolic: list(items.map((one) => one.symbolic)), known: list(items.map((one) => one.known)) };
};
const mapOf = (next: Random, arg: (text: string) => Cut): Cut => {
  const names = ['a', 'b', 'c-d'].filter(() => next(2) === 0);
  // As in an object, where two keys may turn out to be the same.
  const items = names.map(
    (name) => [next(3) === 0 ? arg(name) : same(scalar(name)), arg(textOf(next, 'ab', 3))] as const,
  );
  return {
    symbolic: keyed(
      items.map(([name, one]) => [name.symbolic, one.symbolic]),
      'object',
    ),
    known: keyed(
      items.map(([name, one]) => [name.known, one.known]),
      'object',
    ),
  };
};

const searching: Maker = (next, arg) => [anyText(next, arg), next(4) === 0 ? anyText(next, arg) : short(next)];
const lists: Maker = (next, arg) => [listOf(next, arg), listOf(next, arg)];
const oneText: Maker = (next, arg) => [anyText(next, arg)];
const oneList: Maker = (next, arg) => [listOf(next, arg)];

const functions: Readonly<Record<string, Maker>> = {
  split: (next, arg) => [short(next), anyText(next, arg)],
  join: (next, arg) => [short(next), listOf(next, arg)],
  replace: (next, arg) => [anyText(next, arg), short(next), anyText(next, arg)],
  startswith: searching,
  endswith: searching,
  strcontains: searching,
  trimprefix: searching,
  trimsuffix: searching,
  trim: searching,
  trimspace: oneText,
  chomp: oneText,
  lower: oneText,
  upper: oneText,
  title: oneText,
  strrev: oneText,
  length: oneText,
  substr: (next, arg) => [anyText(next, arg), same(scalar(next(7) - 3)), same(scalar(next(6) - 1))],
  indent: (next, arg) => [same(scalar(next(3))), anyText(next, arg)],
  regex: (next, arg) => [same(scalar(pick(next, patterns))), anyText(next, arg)],
  regexall: (next, arg) => [same(scalar(pick(next, patterns))), anyText(next, arg)],
  format: (next, arg) => [
    same(scalar(pick(next, ['%s-%s', '%5s%v', '%q:%s', '%s%%%s', '%[2]s%[1]s']))),
    anyText(next, arg),
    anyText(next, arg),
  ],
  formatlist: (next, arg) => [same(scalar('%s/%s')), listOf(next, arg), anyText(next, arg)],
  concat: lists,
  setunion: lists,
  setsubtract: lists,
  setintersection: lists,
  setproduct: lists,
  compact: oneList,
  distinct: oneList,
  reverse: oneList,
  sort: oneList,
  toset: oneList,
  flatten: (next, arg) => {
    const [first, second] = [listOf(next, arg), listOf(next, arg)];
    return [{ symbolic: list([first.symbolic, second.symbolic]), known: list([first.known, second.known]) }];
  },
  contains: (next, arg) => [listOf(next, arg), arg(textOf(next, 'ab:', 3))],
  index: (next, arg) => [listOf(next, arg), arg(textOf(next, 'ab:', 3))],
  element: (next, arg) => [listOf(next, arg), same(scalar(next(5)))],
  one: oneList,
  coalesce: (next, arg) => [arg(textOf(next, 'ab', 2)), arg(textOf(next, 'ab', 2)), same(scalar('z'))],
  merge: (next, arg) => [mapOf(next, arg), mapOf(next, arg)],
  lookup: (next, arg) => [mapOf(next, arg), same(scalar(pick(next, ['a', 'b']))), anyText(next, arg)],
  keys: (next, arg) => [mapOf(next, arg)],
  tomap: (next, arg) => [mapOf(next, arg)],
  values: (next, arg) => [mapOf(next, arg)],
  zipmap: (next, arg) => [listOf(next, arg, 'k'), listOf(next, arg)],
  matchkeys: (next, arg) => [same(list(['x', 'y'].map(scalar))), listOf(next, arg), listOf(next, arg)],
  jsonencode: (next, arg) => [mapOf(next, arg)],
  tostring: oneText,
  try: (next, arg) => [anyText(next, arg), anyText(next, arg)],
  sha256: oneText,
  base64encode: oneText,
  basename: oneText,
  dirname: oneText,
};

const rounds = 400;

describe('a result with holes agrees with the one without', () => {
  test.each(Object.keys(functions))('%s', (name) => {
    const next = random(name.length * 104729 + name.charCodeAt(0));
    let decided = 0;
    for (let round = 0; round < rounds; round++) {
      const contents: Contents = new Map();
      const args = functions[name]?.(next, (whole) => cut(next, whole, next(3), contents)) ?? [];
      const symbolic = callFunction(
        name,
        args.map((arg) => arg.symbolic),
        context,
      );
      const known = callFunction(
        name,
        args.map((arg) => arg.known),
        context,
      );
      if (symbolic.kind !== 'unknown') decided++;
      const right = agrees(symbolic, known, contents);
      if (!right) {
        expect({ name, args: args.map((arg) => show(arg.symbolic)), symbolic: show(symbolic) }).toEqual({
          contents: [...contents.values()],
          known: toJson(known) ?? 'error',
        });
      }
    }
    // The property holds for what says nothing, too.
    expect(decided).toBeGreaterThan(0);
  });

  test.each(['==', '!='] as const)('%s', (operator) => {
    const next = random(5);
    for (let round = 0; round < 4 * rounds; round++) {
      const contents: Contents = new Map();
      const arg = (): Cut => cut(next, textOf(next, 'ab:', 4), next(3), contents);
      const [left, right] = [arg(), arg()];
      const symbolic = binary(operator, left.symbolic, right.symbolic);
      const known = binary(operator, left.known, right.known);
      expect({ left, right, agrees: agrees(symbolic, known, contents) }).toMatchObject({ agrees: true });
    }
  });
});
