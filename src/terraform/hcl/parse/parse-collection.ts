import type { Expression, ObjectItem } from '../syntax.ts';
import { parseFor } from './parse-for.ts';
import {
  type Fault,
  type Parser,
  complain,
  isLost,
  isWord,
  kindAt,
  nextSpan,
  nextStart,
  peek,
  previousEnd,
  read,
  spanOf,
  startAt,
  take,
  withNewlines,
} from './parser.ts';
import { recover } from './recover.ts';
import * as token from './tokens.ts';

const openTuple: Fault = [
  'Unterminated tuple constructor expression',
  'There is no corresponding closing bracket before the end of the file. This may be caused by incorrect bracket ' +
    'nesting elsewhere in this file.',
];
const noItemSeparator: Fault = ['Missing item separator', 'Expected a comma to mark the beginning of the next item.'];

/** `[a, b]`, or `[for …]`. */
export const parseTuple = (parser: Parser): Expression => {
  const open = read(parser);
  return withNewlines(parser, true, () => {
    if (isWord(parser, 'for')) return parseFor(parser, open);
    const items = parseItems(parser, open);
    return { kind: 'tuple', items, span: { start: startAt(parser, open), end: previousEnd(parser) } };
  });
};

const parseItems = (parser: Parser, open: number): readonly Expression[] => {
  const items: Expression[] = [];
  while (!take(parser, token.closeBracket)) {
    const { troubles } = parser;
    items.push(parser.expression(parser));
    const isBroken = isLost(parser, troubles);
    if (isBroken || !take(parser, token.comma)) {
      if (isBroken) recover(parser, token.closeBracket);
      else endItems(parser, open);
      break;
    }
  }
  return items;
};

const endItems = (parser: Parser, open: number): void => {
  if (take(parser, token.closeBracket)) return;
  const atEnd = peek(parser) === token.end;
  complain(parser, atEnd ? openTuple : noItemSeparator, atEnd ? spanOf(parser, open) : nextSpan(parser));
  recover(parser, token.closeBracket);
};

/** `{ a = b }`, or `{ for … }`. Line breaks separate the items, but are blanks in front of a `for`. */
export const parseObject = (parser: Parser): Expression => {
  const open = read(parser);
  if (withNewlines(parser, true, (ahead) => isWord(ahead, 'for'))) {
    return withNewlines(parser, true, () => parseFor(parser, open));
  }
  return withNewlines(parser, false, () => {
    const items = parseObjectItems(parser, open);
    return { kind: 'object', items, span: { start: startAt(parser, open), end: previousEnd(parser) } };
  });
};

const openObject: Fault = [
  'Unterminated object constructor expression',
  'There is no corresponding closing brace before the end of the file. This may be caused by incorrect brace nesting ' +
    'elsewhere in this file.',
];
const noAttributeSeparator: Fault = [
  'Missing attribute separator',
  'Expected a newline or comma to mark the beginning of the next attribute.',
];

const parseObjectItems = (parser: Parser, open: number): readonly ObjectItem[] => {
  const items: ObjectItem[] = [];
  for (;;) {
    while (take(parser, token.newline));
    if (take(parser, token.closeBrace)) return items;
    const item = parseObjectItem(parser, open);
    if (item === undefined) {
      recover(parser, token.closeBrace);
      return items;
    }
    items.push(item);
    if (take(parser, token.closeBrace)) return items;
    if (take(parser, token.comma) || take(parser, token.newline)) continue;
    complainOfObject(parser, open, noAttributeSeparator);
    recover(parser, token.closeBrace);
    return items;
  }
};

/** At the end of the file it is the brace that is missing. */
const complainOfObject = (parser: Parser, open: number, fault: Fault): void => {
  const atEnd = peek(parser) === token.end;
  complain(parser, atEnd ? openObject : fault, atEnd ? spanOf(parser, open) : nextSpan(parser));
};

const parseObjectItem = (parser: Parser, open: number): ObjectItem | undefined => {
  const start = nextStart(parser);
  const inParentheses = peek(parser) === token.openParen;
  const first = parser.at;
  const { troubles } = parser;
  const written = parser.expression(parser);
  if (isLost(parser, troubles)) return undefined;
  const key = inParentheses ? written : keyOf(parser, written, first);
  if (!take(parser, token.equals) && !take(parser, token.colon)) {
    complainOfObject(parser, open, missingSeparator(peek(parser)));
    return undefined;
  }
  const value = parser.expression(parser);
  if (isLost(parser, troubles)) return undefined;
  return { key, value, span: { start, end: previousEnd(parser) } };
};

/** A bare name is a key, not a reference; `true` and `null` are names here, too. */
const keyOf = (parser: Parser, written: Expression, first: number): Expression => {
  if (written.kind === 'name') return { kind: 'literal', value: written.name, span: written.span };
  const isBareWord = written.kind === 'literal' && kindAt(parser, first) === token.name;
  return isBareWord ? { ...written, value: String(written.value) } : written;
};

const expectedEquals = 'Expected an equals sign ("=") to mark the beginning of the attribute value.';

const missingSeparator = (found: number): Fault => {
  if (found === token.newline || found === token.comma) {
    return ['Missing attribute value', 'Expected an attribute value, introduced by an equals sign ("=").'];
  }
  const hint =
    ' If you intended to given an attribute name containing periods or spaces, write the name in quotes to create a ' +
    'string literal.';
  return ['Missing key/value separator', found === token.name ? expectedEquals + hint : expectedEquals];
};
