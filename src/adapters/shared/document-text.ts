import type { Hole, Symbolic } from '../../terraform/hcl/symbolic.ts';
import { fromJson, list, map, textFrom, unknownFrom } from '../../terraform/hcl/values.ts';
import { parseJson } from '../../terraform/json.ts';
import { type Origins, joinOrigins } from '../../terraform/origins.ts';

/** Characters that no policy document holds stand for its holes while it is parsed. */
const firstMark = 0xe000;
const lastMark = 0xf8ff;
const privateUse = /[\ue000-\uf8ff]/;
/** The same characters, as JSON may write them. */
const escapedMark = /\\u[ef]/i;

/** What a text with holes is the JSON of; a reason where it is not the JSON of anything. */
export type ReadText =
  | { readonly kind: 'value'; readonly value: Symbolic }
  /** What stands in the holes may make it one. */
  | { readonly kind: 'undecided' }
  /** It is none, whatever stands in them. */
  | { readonly kind: 'no-json' };

const deepest = 50;

/** AWS takes 32 KB at most. */
export const maximumLength = 200_000;

type Marked = {
  readonly json: string;
  readonly holes: readonly Hole[];
  /** Holes that stand outside of the texts of the JSON: whole values, or several of them. */
  readonly outside: ReadonlySet<number>;
};

/** Reads the JSON of a template: a heredoc, `templatefile`, a text in `.tf.json`. */
export const readJsonText = (parts: readonly (string | Hole)[]): ReadText => {
  const length = parts.reduce((sum, part) => sum + (typeof part === 'string' ? part.length : 1), 0);
  const hasMarks = parts.some((part) => typeof part === 'string' && (privateUse.test(part) || escapedMark.test(part)));
  const tooMany = parts.filter((part) => typeof part !== 'string').length > lastMark - firstMark;
  if (length > maximumLength || hasMarks || tooMany) return { kind: 'undecided' };
  const marked = markHoles(parts);
  if (isTooDeep(marked.json)) return { kind: 'undecided' };
  const json = parseJson(marked.json);
  if (json !== undefined) return { kind: 'value', value: withHoles(fromJson(json), marked) };
  // An attribute as it stands holds no quotes; what is computed, or stands outside of quotes, may hold anything.
  const certain = marked.outside.size === 0 && marked.holes.every(({ exactly }) => exactly !== undefined);
  return { kind: certain ? 'no-json' : 'undecided' };
};

/** No policy document is nested like that; brackets in texts count, too, which no document has that many of. */
export const isTooDeep = (json: string): boolean => {
  let depth = 0;
  for (const character of json) {
    if (character === '{' || character === '[') depth += 1;
    if (character === '}' || character === ']') depth -= 1;
    if (depth > deepest) return true;
  }
  return false;
};

const markHoles = (parts: readonly (string | Hole)[]): Marked => {
  const holes: Hole[] = [];
  const outside = new Set<number>();
  let json = '';
  let quoted = false;
  for (const part of parts) {
    if (typeof part === 'string') {
      json += part;
      quoted = endsQuoted(part, quoted);
      continue;
    }
    const mark = String.fromCharCode(firstMark + holes.length);
    if (!quoted) outside.add(holes.length);
    holes.push(part);
    json += quoted ? mark : `"${mark}"`;
  }
  return { json, holes, outside };
};

/** Whether a text of the JSON is open behind this piece of it. */
const endsQuoted = (piece: string, before: boolean): boolean => {
  let quoted = before;
  for (let i = 0; i < piece.length; i += 1) {
    if (quoted && piece[i] === '\\') i += 1;
    else if (piece[i] === '"') quoted = !quoted;
  }
  return quoted;
};

const withHoles = (value: Symbolic, marked: Marked): Symbolic => {
  if (value.kind === 'list') return listWithHoles(value.items, marked);
  if (value.kind === 'map') return mapWithHoles(value.entries, marked);
  return value.kind === 'known' && typeof value.value === 'string' ? textWithHoles(value.value, marked) : value;
};

const textWithHoles = (text: string, { holes, outside }: Marked): Symbolic => {
  const pieces = piecesIn(text, holes);
  const [only] = pieces;
  if (pieces.length === 1 && typeof only === 'object' && outside.has(holes.indexOf(only))) return unknownFrom(only);
  return textFrom(pieces);
};

const piecesIn = (text: string, holes: readonly Hole[]): readonly (string | Hole)[] =>
  text
    .split(/([\ue000-\uf8ff])/)
    .filter((piece) => piece !== '')
    .map((piece) => (privateUse.test(piece) ? (holes[piece.charCodeAt(0) - firstMark] ?? piece) : piece));

/** `[${join(",", list)}]`: what stands outside of quotes may be several elements, or none. */
const listWithHoles = (items: readonly Symbolic[], marked: Marked): Symbolic => {
  const values: Symbolic[] = [];
  const open: Origins[] = [];
  for (const item of items) {
    const value = withHoles(item, marked);
    if (isOutside(item, marked) && value.kind === 'unknown') open.push(value);
    else values.push(value);
  }
  // The other elements are there for sure: only more may come, which an unknown among them says as well.
  return list([...values, ...open.map(unknownFrom)]);
};

const isOutside = (item: Symbolic, { outside }: Marked): boolean =>
  item.kind === 'known' &&
  typeof item.value === 'string' &&
  item.value.length === 1 &&
  outside.has(item.value.charCodeAt(0) - firstMark);

/** An object with a key that nobody knows may hold anything. */
const mapWithHoles = (entries: ReadonlyMap<string, Symbolic>, marked: Marked): Symbolic => {
  const keys = [...entries.keys()].filter((key) => privateUse.test(key));
  const found = new Map([...entries].map(([key, value]) => [key, withHoles(value, marked)]));
  if (keys.length === 0) return map(found);
  const holes = keys.flatMap((key) => piecesIn(key, marked.holes).filter((piece) => typeof piece === 'object'));
  const { references, trailEnds } = joinOrigins(holes);
  return map(found, 'object', { references, trailEnds });
};
