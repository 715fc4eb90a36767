import { type Parser, endAt, kindAt, read } from './parser.ts';
import * as token from './tokens.ts';

/** Ways to go on after an error, as Go's HCL has them. All of them go forward, so that the time stays linear. */

const openerOf = (closer: number): number => {
  switch (closer) {
    case token.closeBrace:
      return token.openBrace;
    case token.closeBracket:
      return token.openBracket;
    case token.closeParen:
      return token.openParen;
    case token.closeQuote:
      return token.openQuote;
    case token.closeHeredoc:
      return token.openHeredoc;
    case token.closeSequence:
      return token.interpolation;
    default:
      return token.invalid;
  }
};

/** `%{` is closed as `${` is, and a line break closes a quoted text that was left open. */
const normalized = (kind: number): number => {
  if (kind === token.directive) return token.interpolation;
  return kind === token.quotedNewline ? token.closeQuote : kind;
};

/** Goes behind the closing token, over what is nested; gives where that is. */
export const recover = (parser: Parser, closer: number): number => {
  parser.recovering = true;
  const opener = openerOf(closer);
  for (let nested = 0; ; ) {
    const index = read(parser);
    const kind = normalized(kindAt(parser, index));
    if (kind === token.end) return endAt(parser, index);
    if (kind === opener && opener !== token.invalid) nested += 1;
    else if (kind === closer) {
      if (nested === 0) return endAt(parser, index);
      nested -= 1;
    }
  }
};

/** Goes behind the next group that this token opens. */
export const recoverOver = (parser: Parser, opener: number, closer: number): number => {
  for (;;) {
    const kind = kindAt(parser, read(parser));
    if (kind === opener || kind === token.end) return recover(parser, closer);
  }
};

const isOpener = (kind: number): boolean =>
  kind === token.openBrace ||
  kind === token.openBracket ||
  kind === token.openParen ||
  kind === token.openQuote ||
  kind === token.openHeredoc ||
  kind === token.interpolation;

const isCloser = (kind: number): boolean => openerOf(kind) !== token.invalid;

/** Closes the innermost group of the kind, and what was left open in it; false where nothing was open. */
const close = (open: number[], opener: number): boolean => {
  if (open.length === 0) return false;
  while (open.length > 0 && open.pop() !== opener);
  return true;
};

/** Goes behind the line break that ends an argument or block; gives whether the block around it was closed, too. */
export const recoverAfterItem = (parser: Parser): boolean => {
  parser.recovering = true;
  const open: number[] = [];
  let isClosed = false;
  for (;;) {
    const kind = normalized(kindAt(parser, read(parser)));
    if (kind === token.end || (kind === token.newline && open.length === 0)) return isClosed;
    if (isOpener(kind)) open.push(kind);
    else if (isCloser(kind)) isClosed = (!close(open, openerOf(kind)) && kind === token.closeBrace) || isClosed;
  }
};

/** Goes to the end of the line, wherever that is: what was opened in it is given up. */
export const recoverToLineEnd = (parser: Parser): void => {
  parser.recovering = true;
  while (parser.at < parser.last && kindAt(parser, parser.at) !== token.newline) parser.at += 1;
};
