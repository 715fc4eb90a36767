import type { Expression, Span } from '../syntax.ts';
import { parseDirective } from './parse-directive.ts';
import {
  type Fault,
  type Parser,
  complain,
  invalid,
  kindAt,
  nextSpan,
  peek,
  previousEnd,
  read,
  report,
  spanOf,
  startAt,
  textAt,
  withNewlines,
} from './parser.ts';
import { recover, recoverToLineEnd } from './recover.ts';
import { type TemplatePart, removeIndentation, trimLeft, trimRight } from './template-parts.ts';
import { assemble } from './template-tree.ts';
import * as token from './tokens.ts';
import { unescapeLine, unescapeQuoted } from './unescape.ts';

/** A quoted text or heredoc. */
export const parseTemplate = (parser: Parser): Expression => {
  const open = read(parser);
  const closer = kindAt(parser, open) === token.openQuote ? token.closeQuote : token.closeHeredoc;
  return parseParts(parser, closer, startAt(parser, open), parser.text.startsWith('<<-', startAt(parser, open)));
};

/** All there is as a template. */
export const parseBareTemplate = (parser: Parser): Expression => parseParts(parser, token.end, 0, false);

const parseParts = (parser: Parser, closer: number, start: number, indented: boolean): Expression => {
  const { parts, end } = readParts(parser, closer);
  if (indented) removeIndentation(parts);
  const span = { start, end: closer === token.end ? parser.text.length : previousEnd(parser) };
  const assembled = assemble(parts, end, span);
  if (!('fault' in assembled)) return assembled;
  report(parser, assembled.fault, assembled.span);
  return invalid(span.start, span.end);
};

const unterminated: Fault = ['Unterminated template string', 'No closing marker was found for the string.'];

/** `isLost` where the rest of the line was given up. */
type Row = { readonly parts: TemplatePart[]; trimsNext: boolean; isLost: boolean };

const readParts = (parser: Parser, closer: number): { readonly parts: TemplatePart[]; readonly end: Span } => {
  const row: Row = { parts: [], trimsNext: false, isLost: false };
  const first = parser.at;
  while (!row.isLost) {
    const index = read(parser);
    const kind = kindAt(parser, index);
    if (kind === token.literal || kind === token.quotedLiteral) addText(parser, row, index);
    else if (kind === token.interpolation || kind === token.directive) readSequence(parser, row, index, first, closer);
    else {
      if (kind !== closer) leaveOpen(parser, index, closer);
      return { parts: row.parts, end: spanOf(parser, index) };
    }
  }
  return { parts: row.parts, end: nextSpan(parser) };
};

/** A text that its line has ended is over; any other goes on to where it is closed. */
const leaveOpen = (parser: Parser, index: number, closer: number): void => {
  complain(parser, unterminated, spanOf(parser, index));
  parser.recovering = true;
  if (kindAt(parser, index) !== token.quotedNewline) recover(parser, closer);
};

const addText = (parser: Parser, row: Row, index: number): void => {
  const span = spanOf(parser, index);
  const written = textAt(parser, index);
  const isQuoted = kindAt(parser, index) === token.quotedLiteral;
  const text = isQuoted ? unescapeQuoted(written, span.start, parser) : unescapeLine(written);
  row.parts.push({ kind: 'text', text: row.trimsNext ? trimLeft(text) : text, span });
  row.trimsNext = false;
};

const readSequence = (parser: Parser, row: Row, open: number, first: number, closer: number): void => {
  const previous = row.parts.at(-1);
  if (textAt(parser, open).endsWith('~') && previous?.kind === 'text') previous.text = trimRight(previous.text);
  row.trimsNext = false;
  withNewlines(parser, true, () => {
    if (kindAt(parser, open) === token.interpolation) parseInterpolation(parser, row, open, first, closer);
    else {
      const directive = parseDirective(parser, open);
      if (directive === undefined) return;
      row.parts.push(directive.part);
      row.trimsNext = directive.trims;
    }
  });
};

const parseInterpolation = (parser: Parser, row: Row, open: number, first: number, closer: number): void => {
  const value = parser.expression(parser);
  if (peek(parser) === token.closeSequence) row.trimsNext = textAt(parser, read(parser)).startsWith('~');
  else {
    complainOfClose(parser, first, closer);
    row.isLost = closer === token.closeQuote && (isQuote(peek(parser)) || isAtLineEnd(parser));
    if (row.isLost) recoverToLineEnd(parser);
    else recover(parser, token.closeSequence);
  }
  row.parts.push({ kind: 'interpolation', value, span: { start: startAt(parser, open), end: previousEnd(parser) } });
};

/** Where a template within this one has given up the line. */
const isAtLineEnd = (parser: Parser): boolean => parser.recovering && kindAt(parser, parser.at) === token.newline;

const noBrace = (where: string): Fault => [
  'Unclosed template interpolation sequence',
  `There is no closing brace for this interpolation sequence before the end of the ${where}. This might be caused by ` +
    'incorrect nesting inside the given expression.',
];

const extra = 'Extra characters after interpolation expression';
const foreign = 'escape it by starting with "$${" instead of just "${".';
const colonFound: Fault = [
  extra,
  "Template interpolation doesn't expect a colon at this location. Did you intend this to be a literal sequence to be " +
    `processed as part of another language? If so, you can ${foreign}`,
];
const extraFound: Fault = [
  extra,
  'Expected a closing brace to end the interpolation expression, but found extra characters.\n\nThis can happen when ' +
    'you include interpolation syntax for another language, such as shell scripting, but forget to escape the ' +
    `interpolation start token. If this is an embedded sequence for another language, ${foreign}`,
];

const isQuote = (kind: number): boolean =>
  kind === token.closeQuote || kind === token.openQuote || kind === token.plainText;

const complainOfClose = (parser: Parser, first: number, closer: number): void => {
  const found = peek(parser);
  const begin = spanOf(parser, first);
  if (found === token.end) complain(parser, noBrace('file'), begin);
  else if (found === token.colon) complain(parser, colonFound, nextSpan(parser));
  else if (isQuote(found) && closer === token.closeQuote) complain(parser, noBrace('quoted template'), begin);
  else complain(parser, extraFound, nextSpan(parser));
};
