import type { Expression, Span } from '../syntax.ts';
import { parseCall } from './parse-call.ts';
import { parseObject, parseTuple } from './parse-collection.ts';
import {
  type Fault,
  type Parser,
  complain,
  invalid,
  isTooDeep,
  nextSpan,
  peek,
  previousEnd,
  read,
  refuseDepth,
  report,
  spanOf,
  startAt,
  textAt,
  withNewlines,
} from './parser.ts';
import { recover } from './recover.ts';
import * as token from './tokens.ts';

type Parse = (parser: Parser) => Expression;

/** What an expression is made of, without the attributes and indexes behind it. */
export const parseTerm = (parser: Parser, operand: Parse): Expression => {
  switch (peek(parser)) {
    case token.name:
      return parseName(parser);
    case token.plainText:
      return parsePlainText(parser);
    case token.number:
      return parseNumber(parser);
    case token.openQuote:
    case token.openHeredoc:
      return parser.template(parser);
    case token.openParen:
      return parseParentheses(parser);
    case token.openBracket:
      return parseTuple(parser);
    case token.openBrace:
      return parseObject(parser);
    case token.minus:
      return parseUnary(parser, '-', operand);
    case token.bang:
      return parseUnary(parser, '!', operand);
    default:
      return refuse(parser);
  }
};

const noExpression: Fault = [
  'Invalid expression',
  'Expected the start of an expression, but found an invalid expression token.',
];
const endOfFile: Fault = ['Missing expression', 'Expected the start of an expression, but found the end of the file.'];

const refuse = (parser: Parser): Expression => {
  const span = nextSpan(parser);
  complain(parser, peek(parser) === token.end ? endOfFile : noExpression, span);
  parser.recovering = true;
  return { kind: 'invalid', span };
};

const constants = new Map<string, boolean | null>([
  ['true', true],
  ['false', false],
  ['null', null],
]);

const parseName = (parser: Parser): Expression => {
  const index = read(parser);
  const name = textAt(parser, index);
  const next = peek(parser);
  if (next === token.openParen || next === token.doubleColon) return parseCall(parser, index, name);
  const span = spanOf(parser, index);
  const constant = constants.get(name);
  return constant === undefined ? { kind: 'name', name, span } : { kind: 'literal', value: constant, span };
};

const parsePlainText = (parser: Parser): Expression => {
  const span: Span = spanOf(parser, read(parser));
  return { kind: 'literal', value: parser.text.slice(span.start + 1, span.end - 1), span };
};

const badNumber: Fault = ['Invalid number literal', 'Failed to recognize the value of this number literal.'];

const parseNumber = (parser: Parser): Expression => {
  const index = read(parser);
  const value = Number(textAt(parser, index));
  const span = spanOf(parser, index);
  if (Number.isFinite(value)) return { kind: 'literal', value, span };
  // A number beyond those of JavaScript is none that we can say, but right.
  if (Number.isNaN(value)) report(parser, badNumber, span);
  return { kind: 'invalid', span };
};

const unbalanced: Fault = ['Unbalanced parentheses', 'Expected a closing parenthesis to terminate the expression.'];

const parseParentheses = (parser: Parser): Expression => {
  const start = startAt(parser, read(parser));
  const inner = withNewlines(parser, true, parseInParentheses);
  return { ...inner, span: { start, end: previousEnd(parser) } };
};

const parseInParentheses = (parser: Parser): Expression => {
  const { troubles } = parser;
  const inner = parser.expression(parser);
  if (parser.troubles > troubles) {
    recover(parser, token.closeParen);
    return inner;
  }
  if (peek(parser) !== token.closeParen) {
    report(parser, unbalanced, nextSpan(parser));
    parser.recovering = true;
  }
  read(parser);
  return inner;
};

/** `-1 + 2` is `(-1) + 2`: a sign takes one operand. */
const parseUnary = (parser: Parser, operator: '-' | '!', operand: Parse): Expression => {
  const { start, end } = nextSpan(parser);
  if (isTooDeep(parser)) {
    refuseDepth(parser);
    return invalid(start, end);
  }
  read(parser);
  parser.nesting += 1;
  const value = operand(parser);
  parser.nesting -= 1;
  parser.height += 1;
  return { kind: 'unary', operator, operand: value, span: { start, end: previousEnd(parser) } };
};
