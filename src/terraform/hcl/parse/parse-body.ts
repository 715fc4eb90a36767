import type { Attribute, Block, Body, Span } from '../syntax.ts';
import { parseBlock } from './parse-block.ts';
import {
  type Fault,
  type Parser,
  complain,
  invalid,
  isLost,
  isTooDeep,
  kindAt,
  nextSpan,
  peek,
  previousEnd,
  read,
  refuseDepth,
  report,
  spanOf,
  startAt,
  take,
  textAt,
} from './parser.ts';
import { recoverAfterItem } from './recover.ts';
import * as token from './tokens.ts';

export type Draft = { readonly attributes: Map<string, Attribute>; readonly blocks: Block[] };

const required = 'An argument or block definition is required here.';
const noItem: Fault = ['Argument or block definition required', required];
const noEquals: Fault = [
  'Argument or block definition required',
  `${required} To set an argument, use the equals sign "=" to introduce the argument value.`,
];
const quotedName: Fault = ['Invalid argument name', 'Argument names must not be quoted.'];
const openBlock: Fault = [
  'Unclosed configuration block',
  'There is no closing brace for this block before the end of the file. This may be caused by incorrect brace nesting ' +
    'elsewhere in this file.',
];
const redefined: Fault = [
  'Attribute redefined',
  'This argument was already set in the same block. Each argument may be set only once.',
];

/** Everything up to the closing token, which is read, too. `brace` is the one that opened the block. */
export const parseBody = (parser: Parser, closer: number, brace: Span): Body => {
  const draft: Draft = { attributes: new Map(), blocks: [] };
  while (!take(parser, closer)) {
    const next = peek(parser);
    if (next === token.newline) read(parser);
    else if (next === token.name) parseItem(parser, draft);
    else if (next === token.end) {
      complain(parser, openBlock, brace);
      parser.recovering = true;
      break;
    } else {
      complain(parser, isQuote(next) ? quotedName : noItem, nextSpan(parser));
      recoverAfterItem(parser);
    }
  }
  const { attributes, blocks } = draft;
  return { attributes, blocks, span: { start: brace.start, end: previousEnd(parser) }, syntax: 'native' };
};

const isQuote = (kind: number): boolean => kind === token.openQuote || kind === token.plainText;

const parseItem = (parser: Parser, draft: Draft): void => {
  const name = read(parser);
  switch (peek(parser)) {
    case token.equals:
      parseAttribute(parser, draft, name);
      return;
    case token.openQuote:
    case token.plainText:
    case token.openBrace:
    case token.name:
      parseNestedBlock(parser, draft, name);
      return;
    default:
      report(parser, noEquals, spanOf(parser, name));
      recoverAfterItem(parser);
  }
};

const parseAttribute = (parser: Parser, { attributes }: Draft, name: number): void => {
  const { troubles } = parser;
  const attribute = readAttribute(parser, name);
  if (isLost(parser, troubles)) recoverAfterItem(parser);
  else endLine(parser);
  if (attributes.has(attribute.name)) report(parser, redefined, spanOf(parser, name));
  else attributes.set(attribute.name, attribute);
};

const parseNestedBlock = (parser: Parser, draft: Draft, name: number): void => {
  if (isTooDeep(parser)) {
    refuseDepth(parser);
    recoverAfterItem(parser);
    return;
  }
  parser.nesting += 1;
  const block = parseBlock(parser, name, bodies);
  parser.nesting -= 1;
  if (block !== undefined) draft.blocks.push(block);
};

const noNewline: Fault = ['Missing newline after argument', 'An argument definition must end with a newline.'];
const commaFound: Fault = [
  'Unexpected comma after argument',
  'Argument definitions must be separated by newlines, not commas. An argument definition must end with a newline.',
];

/** `name = value` with the name read already. Where anything is wrong in it, its value is nothing to rely on. */
const readAttribute = (parser: Parser, name: number): Attribute => {
  read(parser);
  const { troubles } = parser;
  const value = parser.expression(parser);
  return {
    name: textAt(parser, name),
    value: parser.troubles > troubles ? invalid(value.span.start, value.span.end) : value,
    span: { start: startAt(parser, name), end: previousEnd(parser) },
  };
};

const endLine = (parser: Parser): void => {
  const next = peek(parser);
  if (next === token.newline || next === token.end) {
    read(parser);
    return;
  }
  complain(parser, next === token.comma ? commaFound : noNewline, nextSpan(parser));
  recoverAfterItem(parser);
};

const argumentRequired: Fault = [
  'Argument definition required',
  'A single-line block definition can contain only a single argument. To define an argument, use an equals sign to ' +
    'assign it a value. To define a nested block, place it on a line of its own within its parent block.',
];

const isBlockStart = (kind: number): boolean => isQuote(kind) || kind === token.openBrace || kind === token.name;

/** The one argument of `block { name = value }`, and whether recovering from a fault went behind the brace. */
const parseSingleLine = (parser: Parser): Draft & { readonly isClosed: boolean } => {
  const name = read(parser);
  const span = spanOf(parser, name);
  const next = peek(parser);
  if (kindAt(parser, name) !== token.name) report(parser, noItem, span);
  else if (isBlockStart(next)) report(parser, argumentRequired, { start: span.start, end: nextSpan(parser).end });
  else if (next !== token.equals) report(parser, noEquals, span);
  else {
    const { troubles } = parser;
    const attribute = readAttribute(parser, name);
    const attributes = new Map([[attribute.name, attribute]]);
    return { attributes, blocks: [], isClosed: isLost(parser, troubles) && recoverAfterItem(parser) };
  }
  return { attributes: new Map(), blocks: [], isClosed: recoverAfterItem(parser) };
};

/** What is in blocks, for the file that blocks are in. */
const bodies = { parseBody, parseSingleLine };
