import type { Body, Expression, SyntaxFault } from '../syntax.ts';
import { parseBody } from './parse-body.ts';
import { parseExpression as expression } from './parse-expression.ts';
import { parseBareTemplate, parseTemplate as template } from './parse-template.ts';
import { type Fault, type Parser, complain, nextSpan, peek } from './parser.ts';
import { scan } from './scan.ts';
import * as token from './tokens.ts';

/** What a text comes to, and what of it could not be read. */
export type Parsed<T> = { readonly value: T; readonly faults: readonly SyntaxFault[] };

const newParser = (text: string, mode: 'code' | 'bare', skipsNewlines: boolean): Parser => {
  const { tokens, faults } = scan(text, mode);
  const { kinds, starts, ends, count } = tokens;
  return {
    text,
    kinds,
    starts,
    ends,
    last: count - 1,
    faults,
    at: 0,
    skipsNewlines,
    recovering: false,
    troubles: 0,
    nesting: 0,
    height: 0,
    expression,
    template,
  };
};

/** The body of a whole file in native syntax. */
export const parseNative = (text: string): Parsed<Body> => {
  const parser = newParser(text, 'code', false);
  const body = parseBody(parser, token.end, { start: 0, end: 0 });
  return { value: { ...body, span: { start: 0, end: text.length } }, faults: parser.faults };
};

const extra: Fault = [
  'Extra characters after expression',
  'An expression was successfully parsed, but extra characters were found after it.',
];

/** One expression, as if it stood in parentheses. */
export const parseExpression = (text: string): Parsed<Expression> => {
  const parser = newParser(text, 'code', true);
  const value = expression(parser);
  if (peek(parser) !== token.end) complain(parser, extra, nextSpan(parser));
  return { value, faults: parser.faults };
};

/** A whole text as a template: only `${` and `%{` are special in it. */
export const parseTemplate = (text: string): Parsed<Expression> => {
  const parser = newParser(text, 'bare', false);
  return { value: parseBareTemplate(parser), faults: parser.faults };
};
