import type { Expression, Span } from '../syntax.ts';
import { deepestNesting } from './limits.ts';
import { parseTerm } from './parse-term.ts';
import {
  type Fault,
  type Parser,
  complain,
  endAt,
  invalid,
  isLost,
  isTooDeep,
  kindAt,
  nextSpan,
  nextStart,
  peek,
  previousEnd,
  read,
  refuseDepth,
  report,
  spanOf,
  startAt,
  take,
  textAt,
  withNewlines,
} from './parser.ts';
import { recover } from './recover.ts';
import * as token from './tokens.ts';

/** Attributes, indexes and splats behind a term. */

/** A term with all that follows it: what a unary operator takes. */
export const parseOperand = (parser: Parser): Expression => {
  const { height } = parser;
  parser.height = 0;
  const start = nextStart(parser);
  const parsed = parseLinks(parser, parseTerm(parser, parseOperand), start);
  parser.height = Math.max(height, parser.height);
  return parsed;
};

const parseLinks = (parser: Parser, from: Expression, start: number): Expression => {
  let target = from;
  for (;;) {
    const next = peek(parser);
    if (next !== token.dot && next !== token.openBracket) return target;
    if (parser.height >= deepestNesting) {
      refuseDepth(parser);
      return invalid(start, previousEnd(parser));
    }
    parser.height += 1;
    target = next === token.dot ? parseDot(parser, target, start) : parseBracket(parser, target, start);
  }
};

const missingName: Fault = ['Invalid attribute name', 'An attribute name is required after a dot.'];

const parseDot = (parser: Parser, target: Expression, start: number): Expression => {
  read(parser);
  const next = peek(parser);
  if (next === token.name || next === token.number) return parseStep(parser, target, start);
  if (next === token.star) return parseAttributeSplat(parser, target, start);
  report(parser, missingName, nextSpan(parser));
  parser.recovering = true;
  return invalid(start, previousEnd(parser));
};

/** `.name`, or `.0` as Terraform 0.11 wrote an index. */
const parseStep = (parser: Parser, target: Expression, start: number): Expression => {
  const index = read(parser);
  const text = textAt(parser, index);
  const span = { start, end: endAt(parser, index) };
  if (kindAt(parser, index) === token.name) return { kind: 'attribute', target, name: text, span };
  const at = spanOf(parser, index);
  if (text.includes('.')) {
    report(parser, chainedIndexes(text), at);
    return { kind: 'index', target, key: invalid(at.start, at.end), span };
  }
  return { kind: 'index', target, key: { kind: 'literal', value: Number(text), span: at }, span };
};

const chainedIndexes = (text: string): Fault => [
  'Invalid legacy index syntax',
  'When using the legacy index syntax, chaining two indexes together is not permitted. Use the proper index syntax ' +
    `instead, like [${text.replace('.', '][')}].`,
];

const nestedSplat: Fault = [
  'Nested splat expression not allowed',
  'A splat expression (*) cannot be used inside another attribute-only splat expression.',
];

/** `.*` takes the attributes behind it to each element; an index in brackets takes one of the results. */
const parseAttributeSplat = (parser: Parser, target: Expression, start: number): Expression => {
  const marker = spanOf(parser, read(parser));
  let each: Expression = { kind: 'splat-item', span: marker };
  while (parser.height < deepestNesting && take(parser, token.dot)) {
    const next = peek(parser);
    if (next !== token.name && next !== token.number) {
      complain(
        parser,
        next === token.star ? nestedSplat : missingName,
        next === token.star ? nextSpan(parser) : marker,
      );
      parser.recovering = true;
      return invalid(start, previousEnd(parser));
    }
    parser.height += 1;
    each = parseStep(parser, each, marker.start);
  }
  return { kind: 'splat', target, full: false, each, span: { start, end: previousEnd(parser) } };
};

const parseBracket = (parser: Parser, target: Expression, start: number): Expression => {
  const open = read(parser);
  return peek(parser) === token.star
    ? parseFullSplat(parser, target, start, open)
    : withNewlines(parser, true, () => parseIndex(parser, target, start));
};

const openSplat: Fault = [
  'Missing close bracket on splat index',
  'The star for a full splat operator must be immediately followed by a closing bracket ("]").',
];

/** `[*]` takes all that follows to each element. */
const parseFullSplat = (parser: Parser, target: Expression, start: number, open: number): Expression => {
  read(parser);
  closeWith(parser, openSplat);
  const marker = { start: startAt(parser, open), end: previousEnd(parser) };
  if (isTooDeep(parser)) {
    refuseDepth(parser);
    return invalid(start, marker.end);
  }
  parser.nesting += 1;
  const each = parseLinks(parser, { kind: 'splat-item', span: marker }, marker.start);
  parser.nesting -= 1;
  return { kind: 'splat', target, full: true, each, span: { start, end: previousEnd(parser) } };
};

const openIndex: Fault = [
  'Missing close bracket on index',
  'The index operator must end with a closing bracket ("]").',
];

const parseIndex = (parser: Parser, target: Expression, start: number): Expression => {
  const { troubles } = parser;
  const key = parser.expression(parser);
  if (isLost(parser, troubles)) recover(parser, token.closeBracket);
  else closeWith(parser, openIndex);
  return { kind: 'index', target, key, span: { start, end: previousEnd(parser) } };
};

const closeWith = (parser: Parser, fault: Fault): void => {
  const close: number = read(parser);
  if (kindAt(parser, close) === token.closeBracket || parser.recovering) return;
  const span: Span = spanOf(parser, close);
  complain(parser, fault, span);
  recover(parser, token.closeBracket);
};
