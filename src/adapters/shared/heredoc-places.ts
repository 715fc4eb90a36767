import type { TextReference } from '../../model/value.ts';
import { madeFrom } from '../../terraform/hcl/made-from.ts';
import type { Place, Symbolic } from '../../terraform/hcl/symbolic.ts';
import { fromJson, withPlace } from '../../terraform/hcl/values.ts';
import { parseJson } from '../../terraform/json.ts';
import { isTooDeep, maximumLength } from './document-text.ts';

/** Where a value of a JSON text begins and ends, and the values in it. */
type Stretch = {
  readonly start: number;
  readonly end: number;
  readonly items: readonly Stretch[];
  readonly entries: ReadonlyMap<string, Stretch>;
};

/**
 * The JSON that a text holds, all of which is known, with what its parts were made from and, in a heredoc, their lines;
 * undefined where it is none, or nothing is known of the parts.
 */
export const jsonOfText = (written: Symbolic): Symbolic | undefined => {
  if (written.kind !== 'known' || typeof written.value !== 'string') return undefined;
  if (written.heredoc === undefined && madeFrom(written).length === 0) return undefined;
  if (written.value.length > maximumLength || isTooDeep(written.value)) return undefined;
  const json = parseJson(written.value);
  return json === undefined ? undefined : withParts(fromJson(json), written.value, written);
};

/** What the JSON of a text came to, each part with what it was made from and with its lines. `text`: a mark for each hole. */
export const withParts = (value: Symbolic, text: string, written: Symbolic): Symbolic => {
  const from = madeFrom(written);
  const place = linesOf(text, written);
  const stretch = from.length > 0 || place !== null ? stretchAt(text, 0) : null;
  if (stretch === null) return value;
  const made = from.length > 0 ? eachText(value, stretch, { text, from }) : value;
  return place === null ? made : placeAll(made, stretch, place);
};

/** A character that stands for a hole. */
export const holeMark = 'x';

type Made = { readonly text: string; readonly from: readonly TextReference[] };

/** A text is made from what was taken into it, and not from what more than it was made from. */
const eachText = (value: Symbolic, stretch: Stretch, made: Made): Symbolic => {
  if (value.kind === 'list' || value.kind === 'map') {
    return eachPart(value, stretch, (part, at) => eachText(part, at, made));
  }
  const [start, end] = [stretch.start + 1, stretch.end - 1];
  const isText = (value.kind === 'known' && typeof value.value === 'string') || value.kind === 'text';
  // In JSON some characters are escaped, and stand elsewhere in the text than in its value.
  if (!isText || made.text.slice(start, end) !== withMarks(value)) return value;
  const own = made.from.filter((one) => start <= one.start && one.end <= end);
  return { ...value, from: own.map((one) => ({ ...one, start: one.start - start, end: one.end - start })) };
};

const withMarks = (value: Extract<Symbolic, { kind: 'known' | 'text' }>): string =>
  value.kind === 'known'
    ? String(value.value)
    : value.parts.map((part) => (typeof part === 'string' ? part : holeMark)).join('');

/** The lines of a stretch, where the text is a heredoc whose lines are those of the text. */
const linesOf = (text: string, { place, heredoc }: Symbolic): ((stretch: Stretch) => Place) | null => {
  if (place === undefined || heredoc === undefined) return null;
  const lines = heredoc.split(/\r?\n/).slice(1, -1);
  // Directives, and values of several lines, make other lines than those that are written.
  if (text.split('\n').length - 1 !== lines.length) return null;
  const lineOf = linesBefore(text);
  return ({ start, end }) => placeOf(place, lines, [lineOf(start), lineOf(end)]);
};

/** How many lines end before an offset. */
const linesBefore = (text: string): ((offset: number) => number) => {
  const counts = new Uint32Array(text.length + 1);
  for (let at = 0; at < text.length; at += 1) counts[at + 1] = (counts[at] ?? 0) + (text[at] === '\n' ? 1 : 0);
  return (offset) => counts[offset] ?? 0;
};

/** Whole lines, without the indentation and the comma: what a reference came to may have another length. */
const placeOf = ({ file, line }: Place, lines: readonly string[], [first, last]: readonly [number, number]): Place => {
  const begin = lines[first] ?? '';
  const end = (lines[last] ?? '').trimEnd().replace(/,$/, '').trimEnd();
  return {
    file,
    line: line + 1 + first,
    column: begin.search(/\S|$/) + 1,
    endLine: line + 1 + last,
    endColumn: [...end].length + 1,
  };
};

const placeAll = (value: Symbolic, stretch: Stretch, place: (stretch: Stretch) => Place): Symbolic =>
  withPlace(placeParts(value, stretch, place), place(stretch));

const placeParts = (value: Symbolic, stretch: Stretch, place: (stretch: Stretch) => Place): Symbolic =>
  eachPart(value, stretch, (part, at) => placeAll(part, at, place));

const eachPart = (
  value: Symbolic,
  { items, entries }: Stretch,
  change: (part: Symbolic, at: Stretch) => Symbolic,
): Symbolic => {
  const placed = (part: Symbolic, at: Stretch | undefined): Symbolic => (at === undefined ? part : change(part, at));
  if (value.kind === 'list' && value.items.length === items.length)
    return { ...value, items: value.items.map((item, i) => placed(item, items[i])) };
  if (value.kind === 'map')
    return {
      ...value,
      entries: new Map([...value.entries].map(([key, part]) => [key, placed(part, entries.get(key))])),
    };
  return value;
};

const blank = /\s*/y;
const scalar = /"(?:[^"\\]|\\.)*"|[^\s,:[\]{}"]+/y;

/** Behind what the expression finds at the offset; null where it finds nothing. */
const after = (text: string, at: number, expression: RegExp): number | null => {
  expression.lastIndex = at;
  return expression.test(text) ? expression.lastIndex : null;
};

const skip = (text: string, at: number): number => after(text, at, blank) ?? at;

/** The text is JSON, and not deep: that was looked at before. */
const stretchAt = (text: string, from: number): Stretch | null => {
  const start = skip(text, from);
  const open = text[start];
  if (open === '{' || open === '[') return partsAt(text, start, open === '{');
  const end = after(text, start, scalar);
  return end === null ? null : { start, end, items: [], entries: new Map() };
};

const partsAt = (text: string, start: number, isObject: boolean): Stretch | null => {
  const items: Stretch[] = [];
  const entries = new Map<string, Stretch>();
  const close = isObject ? '}' : ']';
  let at = skip(text, start + 1);
  while (text[at] !== close) {
    const part = isObject ? entryAt(text, at) : itemAt(text, at);
    if (part === null) return null;
    const [key, value] = part;
    if (key === null) items.push(value);
    else entries.set(key, value);
    at = skip(text, value.end);
    if (text[at] === ',') at = skip(text, at + 1);
  }
  return { start, end: at + 1, items, entries };
};

type Part = readonly [string | null, Stretch];

const itemAt = (text: string, at: number): Part | null => {
  const value = stretchAt(text, at);
  return value === null ? null : [null, value];
};

const entryAt = (text: string, at: number): Part | null => {
  const key = after(text, at, scalar);
  const value = key === null ? null : stretchAt(text, skip(text, key) + 1);
  return key === null || value === null ? null : [text.slice(at + 1, key - 1), value];
};
