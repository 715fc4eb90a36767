import type { Expression, ObjectItem, Span, SyntaxFault } from '../syntax.ts';
import { deepestNesting } from './limits.ts';
import { addFault } from './scanner.ts';

/**
 * JSON with positions, as nodes of the tree. Texts are literals here: whether one is a template depends on where it
 * stands. The first fault ends the reading; what was read before it stays.
 */
export type JsonText = {
  readonly value: Expression;
  readonly faults: SyntaxFault[];
  /** Where the reading ended too early: what ends there is not whole. Infinity where all was read. */
  readonly brokenAt: number;
};

type Reader = {
  readonly text: string;
  at: number;
  nesting: number;
  readonly faults: SyntaxFault[];
  failed: boolean;
  brokenAt: number;
};
type Fault = readonly [summary: string, detail: string];

const start = 'A JSON value must start with a brace, a bracket, a number, a string, or a keyword.';
const faults = {
  end: ['Missing value', 'The JSON data ends prematurely.'],
  value: ['Missing JSON value', start],
  item: ['Missing array element value', start],
  start: ['Invalid start of value', start],
  extra: ['Extraneous data after value', 'Extra characters appear after the JSON value.'],
  name: ['Invalid object property name', 'A JSON object property name must be a string'],
  colon: ['Missing property value colon', "A colon must appear between an object property's name and its value."],
  equals: ['Missing property value colon', 'JSON uses a colon as its name/value delimiter, not an equals sign.'],
  noValue: ['Missing object value', 'A JSON object attribute must have a value, introduced by a colon.'],
  comma: ['Trailing comma in object', 'JSON does not permit a trailing comma after the final property in an object.'],
  itemComma: ['Trailing comma in array', 'JSON does not permit a trailing comma after the final value in an array.'],
  openObject: ['Unclosed object', 'No closing brace was found for this JSON object.'],
  openArray: ['Unclosed object', 'No closing bracket was found for this JSON array.'],
  bracket: ['Mismatched braces', 'A JSON object must be closed with a brace, not a bracket.'],
  brace: ['Mismatched brackets', 'A JSON array must be closed with a bracket, not a brace.'],
  itemColon: ['Invalid array value', 'A colon is not used to introduce values in a JSON array.'],
  separator: [
    'Missing attribute seperator comma',
    'A comma must appear between each property definition in an object.',
  ],
  itemSeparator: ['Missing attribute seperator comma', 'A comma must appear between each value in an array.'],
  number: ['Invalid JSON number', 'There is a syntax error in the given JSON number.'],
  string: ['Invalid JSON string', 'There is a syntax error in the given JSON string.'],
  keyword: ['Invalid JSON keyword', 'The keywords of JSON are true, false and null.'],
  deep: ['Nested too deeply', `More than ${deepestNesting} values are within each other here; they are not read.`],
} as const satisfies Record<string, Fault>;

const fail = (reader: Reader, fault: Fault, span: Span): Expression => {
  if (!reader.failed) addFault(reader.faults, fault, span.start, span.end);
  if (!reader.failed) reader.brokenAt = reader.at;
  reader.failed = true;
  return { kind: 'invalid', span };
};

const failHere = (reader: Reader, fault: Fault): Expression =>
  fail(reader, fault, { start: reader.at, end: Math.min(reader.at + 1, reader.text.length) });

const isBlank = (code: number): boolean => code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;

/** The next character that is no blank; empty at the end. */
const peek = (reader: Reader): string => {
  while (isBlank(reader.text.charCodeAt(reader.at))) reader.at += 1;
  return reader.text.charAt(reader.at);
};

const take = (reader: Reader, character: string): boolean => {
  if (peek(reader) !== character) return false;
  reader.at += 1;
  return true;
};

export const readJson = (text: string): JsonText => {
  const at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const reader: Reader = { text, at, nesting: 0, faults: [], failed: false, brokenAt: Number.POSITIVE_INFINITY };
  const value = readValue(reader);
  if (!reader.failed && peek(reader) !== '') failHere(reader, faults.extra);
  return { value, faults: reader.faults, brokenAt: reader.brokenAt };
};

const readValue = (reader: Reader): Expression => {
  const first = peek(reader);
  if (first === '"') return readText(reader);
  if (first === '{') return readNested(reader, readObject);
  if (first === '[') return readNested(reader, readArray);
  return first === '' ? fail(reader, faults.end, endOf(reader)) : readScalar(reader, first);
};

const endOf = ({ text }: Reader): Span => ({ start: text.length, end: text.length });

const readNested = (reader: Reader, read: (reader: Reader) => Expression): Expression => {
  if (reader.nesting >= deepestNesting) return failHere(reader, faults.deep);
  reader.nesting += 1;
  const value = read(reader);
  reader.nesting -= 1;
  return value;
};

const wordsAndNumbers = /[A-Za-z_]+|[-+.\d][-+.\dEe]*/y;
const numberForm = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?$/;
const keywords = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
]);

const readScalar = (reader: Reader, first: string): Expression => {
  wordsAndNumbers.lastIndex = reader.at;
  const word = wordsAndNumbers.exec(reader.text)?.[0];
  if (word === undefined) {
    const mistakes: Readonly<Record<string, Fault>> = { '}': faults.value, ']': faults.item };
    return failHere(reader, mistakes[first] ?? faults.start);
  }
  const span = { start: reader.at, end: reader.at + word.length };
  reader.at = span.end;
  const keyword = keywords.get(word);
  if (keyword !== undefined) return { kind: 'literal', value: keyword, span };
  if (/^[A-Za-z_]/.test(word)) return fail(reader, faults.keyword, span);
  if (!numberForm.test(word)) return fail(reader, faults.number, span);
  const value = Number(word);
  return Number.isFinite(value) ? { kind: 'literal', value, span } : { kind: 'invalid', span };
};

const readText = (reader: Reader): Expression => {
  const { text, at } = reader;
  let end = text.indexOf('"', at + 1);
  while (end > 0 && isEscaped(text, at, end)) end = text.indexOf('"', end + 1);
  if (end < 0) {
    reader.at = text.length;
    return fail(reader, faults.string, { start: at, end: text.length });
  }
  reader.at = end + 1;
  const span = { start: at, end: end + 1 };
  const value = decode(text.slice(at, end + 1));
  return value === undefined ? fail(reader, faults.string, span) : { kind: 'literal', value, span };
};

/** An odd number of backslashes in front of a quote. */
const isEscaped = (text: string, open: number, quote: number): boolean => {
  let at = quote;
  while (at - 1 > open && text.charCodeAt(at - 1) === 0x5c) at -= 1;
  return (quote - at) % 2 === 1;
};

const decode = (written: string): string | undefined => {
  try {
    return JSON.parse(written) as string;
  } catch {
    return undefined;
  }
};

const readArray = (reader: Reader): Expression => {
  const open = reader.at;
  const items: Expression[] = [];
  reader.at += 1;
  while (!take(reader, ']')) {
    items.push(readValue(reader));
    if (reader.failed) break;
    const comma = reader.at;
    if (take(reader, ',')) {
      if (peek(reader) === ']') fail(reader, faults.itemComma, { start: comma, end: comma + 1 });
    } else if (peek(reader) !== ']') refuseInArray(reader, open);
  }
  return { kind: 'tuple', items, span: { start: open, end: reader.at } };
};

const refuseInArray = (reader: Reader, open: number): void => {
  const found = peek(reader);
  if (found === '') fail(reader, faults.openArray, { start: open, end: open + 1 });
  else if (found === '}') failHere(reader, faults.brace);
  else failHere(reader, found === ':' ? faults.itemColon : faults.itemSeparator);
};

const readObject = (reader: Reader): Expression => {
  const open = reader.at;
  const items: ObjectItem[] = [];
  reader.at += 1;
  while (!take(reader, '}')) {
    const item = readItem(reader);
    if (item !== undefined) items.push(item);
    if (reader.failed) break;
    const comma = reader.at;
    if (take(reader, ',')) {
      if (peek(reader) === '}') fail(reader, faults.comma, { start: comma, end: comma + 1 });
    } else if (peek(reader) !== '}') refuseInObject(reader, open);
  }
  return { kind: 'object', items, span: { start: open, end: reader.at } };
};

const refuseInObject = (reader: Reader, open: number): void => {
  const found = peek(reader);
  if (found === '') fail(reader, faults.openObject, { start: open, end: open + 1 });
  else failHere(reader, found === ']' ? faults.bracket : faults.separator);
};

const readItem = (reader: Reader): ObjectItem | undefined => {
  const key = readValue(reader);
  if (reader.failed) return undefined;
  if (key.kind !== 'literal' || typeof key.value !== 'string') {
    fail(reader, faults.name, key.span);
    return undefined;
  }
  if (!take(reader, ':')) {
    const found = peek(reader);
    const isMissing = found === '}' || found === ',';
    failHere(reader, isMissing ? faults.noValue : found === '=' ? faults.equals : faults.colon);
    return undefined;
  }
  const value = readValue(reader);
  return { key, value, span: { start: key.span.start, end: value.span.end } };
};
