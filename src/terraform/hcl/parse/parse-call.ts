import type { Expression } from '../syntax.ts';
import {
  type Fault,
  type Parser,
  complain,
  endAt,
  invalid,
  isLost,
  kindAt,
  peek,
  previousEnd,
  read,
  report,
  spanOf,
  startAt,
  take,
  textAt,
  withNewlines,
} from './parser.ts';
import { recover, recoverOver } from './recover.ts';
import * as token from './tokens.ts';

const missingName: Fault = [
  'Missing function name',
  'Function scope resolution symbol :: must be followed by a function name in this scope.',
];
const missingParen: Fault = [
  'Missing open parenthesis',
  'Function selector must be followed by an open parenthesis to begin the function call.',
];

/** A call whose first name is read: `f(…)`, `provider::aws::f(…)`. */
export const parseCall = (parser: Parser, first: number, firstName: string): Expression => {
  const start = startAt(parser, first);
  let name = firstName;
  let open = read(parser);
  while (kindAt(parser, open) === token.doubleColon) {
    const next = read(parser);
    if (kindAt(parser, next) !== token.name) return skipCall(parser, missingName, next, start);
    name += `::${textAt(parser, next)}`;
    open = read(parser);
  }
  if (kindAt(parser, open) !== token.openParen) return skipCall(parser, missingParen, open, start);
  const args: Expression[] = [];
  const expand = withNewlines(parser, true, () => parseArguments(parser, args, { start, end: endAt(parser, open) }));
  return { kind: 'call', name, args, expand, span: { start, end: previousEnd(parser) } };
};

const skipCall = (parser: Parser, fault: Fault, at: number, start: number): Expression => {
  report(parser, fault, spanOf(parser, at));
  recoverOver(parser, token.openParen, token.closeParen);
  return invalid(start, previousEnd(parser));
};

const unclosed: Fault = [
  'Unterminated function call',
  'There is no closing parenthesis for this function call before the end of the file. This may be caused by incorrect ' +
    'parenthesis nesting elsewhere in this file.',
];
const noSeparator: Fault = [
  'Missing argument separator',
  'A comma is required to separate each function argument from the next.',
];
const notLast: Fault = [
  'Missing closing parenthesis',
  'An expanded function argument (with ...) must be immediately followed by closing parentheses.',
];

type Head = { readonly start: number; readonly end: number };

/** Up to the closing parenthesis; gives whether the last argument is expanded. */
const parseArguments = (parser: Parser, args: Expression[], head: Head): boolean => {
  while (!take(parser, token.closeParen)) {
    const { troubles } = parser;
    args.push(parser.expression(parser));
    if (isLost(parser, troubles)) {
      recover(parser, token.closeParen);
      return false;
    }
    const separator = read(parser);
    const kind = kindAt(parser, separator);
    if (kind !== token.comma) return endArguments(parser, separator, head);
  }
  return false;
};

const endArguments = (parser: Parser, separator: number, head: Head): boolean => {
  const kind = kindAt(parser, separator);
  if (kind === token.closeParen) return false;
  if (kind === token.ellipsis) {
    closeExpanded(parser, separator);
    return true;
  }
  const atEnd = kind === token.end;
  report(parser, atEnd ? unclosed : noSeparator, atEnd ? head : spanOf(parser, separator));
  recover(parser, token.closeParen);
  return false;
};

const closeExpanded = (parser: Parser, ellipsis: number): void => {
  if (peek(parser) === token.closeParen) {
    read(parser);
    return;
  }
  complain(parser, notLast, spanOf(parser, ellipsis));
  recover(parser, token.closeParen);
};
