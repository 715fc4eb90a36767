import { parseJson } from '../../../json.ts';
import { fromNothing } from '../../made-from.ts';
import type { Hole, Symbolic } from '../../symbolic.ts';
import { failure, fromJson, holeOf, originsOf, piecesOf, textFrom } from '../../values.ts';
import { numberText } from '../numbers.ts';
import { sortedKeys } from '../ordering.ts';
import { computedFrom, marked } from '../scalars.ts';
import type { FunctionContext } from './context.ts';
import { isTextAttribute } from './filled.ts';
import { Marks, decodeIn, isPlain } from './structure.ts';

/** JSON as Terraform writes it, with holes where values are unknown. */

type Pieces = readonly (string | Hole)[];

/** The value stays beside the text: whoever reads the text needs not parse it, and what it is made from is in it. */
export const encodeJson = (value: Symbolic, context: FunctionContext): Symbolic => {
  const text = textFrom(jsonPieces(value, context));
  return text.kind === 'text' || text.kind === 'known' ? { ...text, json: value, from: fromNothing } : text;
};

const jsonPieces = (value: Symbolic, context: FunctionContext): Pieces => {
  switch (value.kind) {
    case 'known':
      return [scalarJson(value.value) ?? computed(value)];
    case 'text':
      return ['"', ...value.parts.map((part) => insideString(part, context)), '"'];
    case 'list':
      if (value.open !== undefined || isShuffled(value.items, value.type)) return [computed(value)];
      return ['[', ...between(value.items.map((item) => jsonPieces(item, context))), ']'];
    case 'map':
      return value.open === undefined ? ['{', ...between(members(value.entries, context)), '}'] : [computed(value)];
    case 'instance':
      return [computed(value)];
    case 'unknown':
      return isText(value.exactly, context) ? ['"', holeOf(value), '"'] : [computed(value)];
  }
};

const scalarJson = (value: string | number | boolean | null): string | null => {
  if (typeof value === 'string') return quoteJson(value);
  return typeof value === 'number' ? numberText(value) : String(value);
};

/** Unknown elements of a set take an unknown place. */
const isShuffled = (items: readonly Symbolic[], type: string): boolean =>
  type === 'set' && items.length > 1 && items.some(({ kind }) => kind !== 'known');

const between = (all: readonly Pieces[]): Pieces => all.flatMap((one, index) => (index === 0 ? one : [',', ...one]));

const members = (entries: ReadonlyMap<string, Symbolic>, context: FunctionContext): readonly Pieces[] =>
  sortedKeys(entries).flatMap((key) => {
    const item = entries.get(key);
    return item === undefined ? [] : [[`${quoteJson(key)}:`, ...jsonPieces(item, context)]];
  });

const isText = (exactly: Hole['exactly'], context: FunctionContext): boolean =>
  exactly !== undefined && isTextAttribute(exactly, context);

/** In JSON some characters are escaped: only what has none of them is still the attribute itself. */
const insideString = (part: string | Hole, context: FunctionContext): string | Hole => {
  if (typeof part === 'string') return quoteJson(part).slice(1, -1);
  if (part.without !== undefined || isText(part.exactly, context)) return part;
  const { exactly: _, ...hole } = part;
  return hole;
};

const computed = (value: Symbolic): Hole => ({
  references: originsOf(value).references,
  trailEnds: originsOf(value).trailEnds,
  ...(value.sensitive === undefined ? {} : { sensitive: value.sensitive }),
});

const escapes: Readonly<Record<string, string>> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
  '\\b': '\\u0008',
  '\\f': '\\u000c',
};

/** As Go's encoder does it. */
export const quoteJson = (text: string): string =>
  JSON.stringify(text).replaceAll(/\\[bf\\"]|[<>&\u2028\u2029]/g, (found) => escapes[found] ?? found);

export const decodeJson = (text: Symbolic, context: FunctionContext): Symbolic => {
  if (text.kind === 'text' && text.json !== undefined) return marked(text.json, text);
  const pieces = piecesOf(text);
  if (pieces === null) return failure('jsondecode()');
  const plain = pieces.every((piece) => (typeof piece === 'string' ? isPlain(piece) : isQuiet(piece, context)));
  if (!plain || text.kind === 'unknown') return computedFrom([text]);
  const marks = new Marks();
  const json = parseJson(marks.encode(pieces));
  if (json === undefined) return text.kind === 'known' ? failure('jsondecode()') : computedFrom([text]);
  return decodeIn(fromJson(json), marks, []);
};

/** Nothing in it ends a string. */
const isQuiet = (hole: Hole, context: FunctionContext): boolean =>
  hole.exactly !== undefined && (hole.without !== undefined || isTextAttribute(hole.exactly, context));
