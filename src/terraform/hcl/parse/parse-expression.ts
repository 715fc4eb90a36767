import type { BinaryOperator, Expression } from '../syntax.ts';
import { deepestNesting } from './limits.ts';
import { parseTerm } from './parse-term.ts';
import { parseOperand } from './parse-traversal.ts';
import {
  type Fault,
  type Parser,
  invalid,
  isLost,
  isTooDeep,
  nextSpan,
  nextStart,
  peek,
  previousEnd,
  read,
  refuseDepth,
  report,
} from './parser.ts';
import * as token from './tokens.ts';

type Operator = { readonly sign: BinaryOperator; readonly precedence: number };

const operators = new Map<number, Operator>([
  [token.or, { sign: '||', precedence: 1 }],
  [token.and, { sign: '&&', precedence: 2 }],
  [token.equal, { sign: '==', precedence: 3 }],
  [token.notEqual, { sign: '!=', precedence: 3 }],
  [token.greater, { sign: '>', precedence: 4 }],
  [token.greaterOrEqual, { sign: '>=', precedence: 4 }],
  [token.less, { sign: '<', precedence: 4 }],
  [token.lessOrEqual, { sign: '<=', precedence: 4 }],
  [token.plus, { sign: '+', precedence: 5 }],
  [token.minus, { sign: '-', precedence: 5 }],
  [token.star, { sign: '*', precedence: 6 }],
  [token.slash, { sign: '/', precedence: 6 }],
  [token.percent, { sign: '%', precedence: 6 }],
]);

/** What ends an expression wherever it stands. */
const enders = new Uint8Array(token.invalid + 1);
for (const kind of [token.end, token.comma, token.closeBracket, token.closeParen, token.closeBrace]) enders[kind] = 1;
enders[token.closeSequence] = 1;

/** Most expressions are one token: a shorter way to what the long one would come to. */
const parseSingle = (parser: Parser): Expression | undefined => {
  const { kinds, at } = parser;
  const next = kinds[at + 1] ?? token.end;
  if (enders[next] !== 1 && (next !== token.newline || parser.skipsNewlines)) return undefined;
  switch (kinds[at]) {
    case token.plainText:
    case token.name:
    case token.number:
      return parseTerm(parser, parseOperand);
    default:
      return undefined;
  }
};

/** One expression: a conditional, or what is in one. */
export const parseExpression = (parser: Parser): Expression => {
  const single = parseSingle(parser);
  if (single !== undefined) {
    if (parser.height === 0) parser.height = 1;
    return single;
  }
  if (isTooDeep(parser)) {
    const { start, end } = nextSpan(parser);
    refuseDepth(parser);
    return invalid(start, end);
  }
  const { height } = parser;
  parser.nesting += 1;
  parser.height = 0;
  const parsed = parseConditional(parser);
  parser.nesting -= 1;
  parser.height = Math.max(height, parser.height + 1);
  return parsed;
};

const missingElse: Fault = [
  'Missing false expression in conditional',
  'The conditional operator (...?...:...) requires a false expression, delimited by a colon.',
];

const parseConditional = (parser: Parser): Expression => {
  const start = nextStart(parser);
  const { troubles } = parser;
  const condition = parseBinary(parser, 1);
  if (isLost(parser, troubles) || peek(parser) !== token.question) return condition;
  read(parser);
  const then = parseExpression(parser);
  if (isLost(parser, troubles)) return invalid(start, previousEnd(parser));
  if (peek(parser) !== token.colon) {
    report(parser, missingElse, nextSpan(parser));
    return invalid(start, previousEnd(parser));
  }
  read(parser);
  const otherwise = parseExpression(parser);
  const span = { start, end: previousEnd(parser) };
  return { kind: 'conditional', condition, then, otherwise, span };
};

/** Operators that bind at least as strong as `lowest`, those of one strength from left to right. */
const parseBinary = (parser: Parser, lowest: number): Expression => {
  const start = nextStart(parser);
  const { troubles } = parser;
  let left = parseOperand(parser);
  for (;;) {
    if (isLost(parser, troubles)) return left;
    const operator = operators.get(peek(parser));
    if (operator === undefined || operator.precedence < lowest) return left;
    if (parser.height >= deepestNesting) {
      refuseDepth(parser);
      return invalid(start, previousEnd(parser));
    }
    read(parser);
    const { height } = parser;
    parser.height = 0;
    const right = parseBinary(parser, operator.precedence + 1);
    parser.height = Math.max(height, parser.height) + 1;
    left = { kind: 'binary', operator: operator.sign, left, right, span: { start, end: previousEnd(parser) } };
  }
};
