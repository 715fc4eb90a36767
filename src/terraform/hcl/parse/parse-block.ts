import type { Attribute, Block, Body, Label, Span } from '../syntax.ts';
import {
  type Fault,
  type Parser,
  complain,
  endAt,
  kindAt,
  nextSpan,
  peek,
  previousEnd,
  read,
  report,
  spanOf,
  startAt,
  take,
  textAt,
} from './parser.ts';
import { recover, recoverAfterItem } from './recover.ts';
import * as token from './tokens.ts';
import { unescapeQuoted } from './unescape.ts';

type Bodies = {
  readonly parseBody: (parser: Parser, closer: number, brace: Span) => Body;
  readonly parseSingleLine: (parser: Parser) => {
    readonly attributes: Map<string, Attribute>;
    readonly blocks: Block[];
    readonly isClosed: boolean;
  };
};

/** A block whose type is read already. */
export const parseBlock = (parser: Parser, name: number, bodies: Bodies): Block | undefined => {
  const start = startAt(parser, name);
  const labels = parseLabels(parser);
  const header = { start, end: labels.at(-1)?.span.end ?? endAt(parser, name) };
  const brace = nextSpan(parser);
  if (!take(parser, token.openBrace)) {
    refuseHeader(parser);
    return undefined;
  }
  const type = textAt(parser, name);
  const body = parseContent(parser, brace, bodies);
  const span = { start, end: previousEnd(parser) };
  endBlock(parser);
  return { type, labels, body, span, header };
};

const none: readonly Label[] = [];

/** Lists of the length that they have in the end: an array that grows keeps room for seventeen. */
const parseLabels = (parser: Parser): readonly Label[] => {
  const first = parseLabel(parser);
  if (first === undefined) return none;
  const second = parseLabel(parser);
  if (second === undefined) return [first];
  const labels = [first, second];
  for (let next = parseLabel(parser); next !== undefined; next = parseLabel(parser)) labels.push(next);
  return labels;
};

const parseLabel = (parser: Parser): Label | undefined => {
  switch (peek(parser)) {
    case token.plainText: {
      const span = spanOf(parser, read(parser));
      return { text: parser.text.slice(span.start + 1, span.end - 1), span };
    }
    case token.name: {
      const index = read(parser);
      return { text: textAt(parser, index), span: spanOf(parser, index) };
    }
    case token.openQuote:
      return parseQuotedLabel(parser);
    default:
      return undefined;
  }
};

const invalidLiteral = (detail: string): Fault => ['Invalid string literal', detail];
const unclosedLabel: Fault = [
  'Unterminated string literal',
  'Unable to find the closing quote mark before the end of the file.',
];

const noLabelItem = invalidLiteral('This item is not valid in a string literal.');

const sequenceIn = (sign: string): Fault =>
  invalidLiteral(
    `Template sequences are not allowed in this string. To include a literal "${sign}", double it (as "${sign}${sign}") ` +
      'to escape it.',
  );

/** Escapes, but no templates. */
const parseQuotedLabel = (parser: Parser): Label => {
  const start = startAt(parser, read(parser));
  let text = '';
  for (;;) {
    const index = read(parser);
    const kind = kindAt(parser, index);
    const span = spanOf(parser, index);
    if (kind === token.quotedLiteral) text += unescapeQuoted(textAt(parser, index), span.start, parser);
    else if (kind === token.interpolation || kind === token.directive) {
      report(parser, sequenceIn(kind === token.interpolation ? '$' : '%'), span);
      recover(parser, token.closeSequence);
    } else {
      refuseLabelEnd(parser, kind, span);
      return { text, span: { start, end: span.end } };
    }
  }
};

const refuseLabelEnd = (parser: Parser, kind: number, span: Span): void => {
  if (kind === token.end) report(parser, unclosedLabel, span);
  else if (kind !== token.closeQuote) report(parser, noLabelItem, span);
};

const invalidBlock = (detail: string): Fault => ['Invalid block definition', detail];
const equalsFound = invalidBlock(
  'The equals sign "=" indicates an argument definition, and must not be used when defining a block.',
);
const newlineFound = invalidBlock(
  'A block definition must have block content delimited by "{" and "}", starting on the same line as the block header.',
);
const noBrace = invalidBlock('Either a quoted string block label or an opening brace ("{") is expected here.');

const refuseHeader = (parser: Parser): void => {
  const next = peek(parser);
  const span = nextSpan(parser);
  if (next === token.equals) report(parser, equalsFound, span);
  else if (next === token.newline) report(parser, newlineFound, span);
  else complain(parser, noBrace, span);
  recoverAfterItem(parser);
};

const parseContent = (parser: Parser, brace: Span, { parseBody, parseSingleLine }: Bodies): Body => {
  const next = peek(parser);
  if (next === token.newline || next === token.end || next === token.closeBrace) {
    return parseBody(parser, token.closeBrace, brace);
  }
  const { attributes, blocks, isClosed } = parseSingleLine(parser);
  if (!isClosed && !take(parser, token.closeBrace)) {
    refuseSingleLine(parser, brace);
    recover(parser, token.closeBrace);
  }
  return { attributes, blocks, span: { start: brace.start, end: previousEnd(parser) }, syntax: 'native' };
};

const singleLine = (detail: string): Fault => ['Invalid single-argument block definition', detail];
const commaFound = singleLine(
  'Single-line block syntax can include only one argument definition. To define multiple arguments, use the ' +
    'multi-line block syntax with one argument definition per line.',
);
const notClosed = singleLine(
  'An argument definition on the same line as its containing block creates a single-line block definition, which must ' +
    "also be closed on the same line. Place the block's closing brace immediately after the argument definition.",
);
const notEnded = singleLine(
  'A single-line block definition must end with a closing brace immediately after its single argument definition.',
);
const unclosed: Fault = [
  'Unclosed configuration block',
  'There is no closing brace for this block before the end of the file. This may be caused by incorrect brace nesting ' +
    'elsewhere in this file.',
];

const refuseSingleLine = (parser: Parser, brace: Span): void => {
  const next = peek(parser);
  const span = nextSpan(parser);
  if (next === token.comma) report(parser, commaFound, span);
  else if (next === token.newline) report(parser, notClosed, span);
  else if (next === token.end) complain(parser, unclosed, brace);
  else complain(parser, notEnded, span);
};

const noNewline: Fault = ['Missing newline after block definition', 'A block definition must end with a newline.'];

const endBlock = (parser: Parser): void => {
  if (parser.recovering && kindAt(parser, parser.at - 1) === token.newline) return;
  const next = peek(parser);
  if (next === token.newline || next === token.end) {
    read(parser);
    return;
  }
  complain(parser, noNewline, nextSpan(parser));
  recoverAfterItem(parser);
};
