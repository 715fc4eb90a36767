import { type Stretch, stretchOf, textOfStretches, writtenAs } from '../../made-from.ts';
import type { Hole, Symbolic } from '../../symbolic.ts';
import { failure, holeOf, isFailure, list, piecesOf } from '../../values.ts';
import { computedFrom, isKnownNull, readBoolean, readNumber } from '../scalars.ts';
import { at, elementsOf, isUnsettledSet } from './arguments.ts';
import { type FunctionContext, type FunctionTable, whole } from './context.ts';
import { parsePattern, showsVerbs } from './format-pattern.ts';
import { type Verb, formatNumber, pad } from './format-verbs.ts';
import { encodeJson, quoteJson } from './json-text.ts';

type Pieces = readonly (string | Hole)[];

/** `format`: known parts stay known, an unknown value that is written as it is stays a hole. */
const format = (args: readonly Symbolic[], context: FunctionContext): Symbolic => {
  const pattern = at(args, 0);
  const stretch = pattern.kind === 'instance' ? null : stretchOf(pattern);
  if (stretch === null) return pattern.kind === 'instance' ? computedFrom(args) : failure('text');
  if (!showsVerbs(stretch, context)) return computedFrom(args);
  const steps = parsePattern(stretch);
  const stretches = steps === null ? null : write(steps, args.slice(1), context);
  return stretches === null ? failure('format()') : textOfStretches(stretches);
};

/** Null where the pattern asks for an argument that is not there, leaves one out, or cannot write it. */
const write = (
  steps: readonly (Stretch | Verb)[],
  values: readonly Symbolic[],
  context: FunctionContext,
): readonly Stretch[] | null => {
  const verbs = steps.filter((step) => 'letter' in step);
  const positions = positionsOf(verbs);
  const isNumbered = verbs.some(({ argument }) => argument !== null);
  if (!isNumbered && values.length > verbs.length) return null;
  const written = verbs.map((verb, index) => {
    const value = values[positions[index] ?? -1];
    const pieces = value === undefined ? null : writeVerb(verb, value, context);
    return value === undefined || pieces === null ? null : writtenAs(pieces, value);
  });
  if (written.includes(null)) return null;
  let next = 0;
  return steps.flatMap((step) => ('letter' in step ? (written[next++] ?? []) : step));
};

/** Of the argument of each verb: the one after that of the verb before, where it has no number. */
const positionsOf = (verbs: readonly Verb[]): readonly number[] => {
  let next = 0;
  return verbs.map(({ argument }) => {
    const position = argument === null ? next : argument - 1;
    next = position + 1;
    return position;
  });
};

const asText = new Set(['s', 'v', 'd', 't']);

const writeVerb = (verb: Verb, value: Symbolic, context: FunctionContext): Pieces | null => {
  if (isKnownNull(value)) return [computedHole(value, 'format()')];
  const isPlain = verb.width === null && verb.precision === null && verb.flags === '';
  if (value.kind === 'unknown') return [isPlain && asText.has(verb.letter) ? holeOf(value) : computedHole(value)];
  if (value.kind === 'text') return writeText(verb, value, isPlain);
  return writeKnown(verb, value, context);
};

const writeText = (verb: Verb, value: Symbolic, isPlain: boolean): Pieces | null => {
  const pieces = piecesOf(value) ?? [];
  if (isPlain && (verb.letter === 's' || verb.letter === 'v')) return pieces;
  return 'sqvdt'.includes(verb.letter) ? [computedHole(value)] : null;
};

const computedHole = (value: Symbolic, ...trailEnds: readonly string[]): Hole => {
  const computed = computedFrom([value]);
  const hole: Hole = computed.kind === 'unknown' ? holeOf(computed) : { references: [], trailEnds: [] };
  return { ...hole, trailEnds: [...hole.trailEnds, ...trailEnds] };
};

const writeKnown = (verb: Verb, value: Symbolic, context: FunctionContext): Pieces | null => {
  switch (verb.letter) {
    case 's':
    case 'q':
      return writeString(verb, value);
    case 'v':
      return writeDefault(verb, value, context);
    case 't': {
      const truth = readBoolean(value);
      return typeof truth === 'boolean' ? [String(truth)] : null;
    }
    default: {
      const number = readNumber(value);
      if (number === 'unknown') return [computedHole(value)];
      return number === 'wrong' ? null : onePiece(formatNumber(number, verb), value);
    }
  }
};

/** Undefined where there is no such verb, null where the digits are not known. */
const onePiece = (text: string | null | undefined, value: Symbolic): Pieces | null => {
  if (text === undefined) return null;
  return [text ?? computedHole(value, 'format()')];
};

const writeString = (verb: Verb, value: Symbolic): Pieces | null => {
  const [text] = value.kind === 'known' ? (piecesOf(value) ?? []) : [];
  if (text === undefined || typeof text !== 'string') return text === undefined ? null : [text];
  const cut = verb.precision === null ? text : [...text].slice(0, verb.precision).join('');
  return [pad(verb.letter === 'q' ? quoteJson(cut) : cut, verb)];
};

/** `%v` writes scalars as they are, numbers as short as it can, and collections as JSON; with `#` all as JSON. */
const writeDefault = (verb: Verb, value: Symbolic, context: FunctionContext): Pieces | null => {
  if (value.kind === 'known' && !verb.flags.includes('#')) {
    if (typeof value.value !== 'number') return writeString({ ...verb, letter: 's' }, value);
    return onePiece(formatNumber(value.value, { ...verb, letter: 'g', precision: null }), value);
  }
  const pieces = piecesOf(encodeJson(value, context));
  return pieces?.map((piece) => (typeof piece === 'string' && pieces.length === 1 ? pad(piece, verb) : piece)) ?? null;
};

const mostTexts = 10_000;

/** Once for every element of the lists, which are of one length; other arguments are the same each time. */
const formatList = (args: readonly Symbolic[], context: FunctionContext): Symbolic => {
  const values = args.slice(1);
  const lists = values.map((value) => (value.kind === 'unknown' ? null : elementsOf(value)));
  if (values.some((value) => value.kind === 'list' && (value.open !== undefined || isUnsettledSet(value)))) {
    return computedFrom(args);
  }
  const lengths = lists.flatMap((one) => (one === null || one === 'unknown' ? [] : [one.items.length]));
  if (new Set(lengths).size > 1) return failure('formatlist()');
  // An unknown value may be a list, of any length.
  if (lengths.length === 0 && values.some(({ kind }) => kind === 'unknown')) return computedFrom(args);
  const count = lengths[0] ?? 1;
  if (count > mostTexts) return computedFrom(args);
  const texts = Array.from({ length: count }, (_, index) => {
    const row = lists.map((one, position) =>
      one === null || one === 'unknown' ? at(values, position) : at(one.items, index),
    );
    return format([at(args, 0), ...row], context);
  });
  return texts.find(isFailure) ?? list(texts, 'list');
};

export const formatFunctions: FunctionTable = {
  format: whole(1, Number.POSITIVE_INFINITY, format),
  formatlist: whole(1, Number.POSITIVE_INFINITY, formatList),
};
