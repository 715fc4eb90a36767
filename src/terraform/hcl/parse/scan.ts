import type { Span, SyntaxFault } from '../syntax.ts';
import * as character from './scan-characters.ts';
import { scanOperator } from './scan-operators.ts';
import { refuse } from './scan-refused.ts';
import { scanLines, scanQuoted } from './scan-template.ts';
import { type Mode, type Scanner, code, emit, enter, leave, newScanner, quoted } from './scanner.ts';
import * as token from './tokens.ts';

/**
 * Text to tokens, as Go's HCL does it (hclsyntax/scan_tokens.rl): the modes of templates are the scanner's, so a parser
 * that is lost still sees the same tokens. Comments leave nothing but the line break that ends them.
 */
export const scan = (
  text: string,
  mode: 'code' | 'bare',
): { readonly tokens: token.Tokens; readonly faults: SyntaxFault[] } => {
  const scanner = newScanner(text, mode === 'code' ? code : bare);
  scanAll(scanner);
  return scanner;
};

/** Where the comments of a file stand, from their first sign to the last. */
export const scanComments = (text: string): readonly Span[] => {
  const comments: Span[] = [];
  scanAll(newScanner(text, code, comments));
  return comments;
};

const scanAll = (scanner: Scanner): void => {
  while (scanner.at < scanner.length) {
    const { kind } = scanner.mode;
    if (kind === 'code') scanCode(scanner);
    else if (kind === 'quoted') scanQuoted(scanner);
    else scanLines(scanner);
  }
  emit(scanner, token.end, scanner.length);
};

const bare: Mode = { kind: 'bare' };

// Expressions, where there is a loop over characters to run: they are fast from the first call on. Classes only, and no
// alternatives, which would keep every step on a stack.
const blanks = /[ \t]+/y;
const lineBreaks = /[ \t\n]+/y;
const names = /[A-Za-z_][\w-]*/y;
const digits = /[\d.]*/y;
const plainCharacters = /[^"\\$%\r\n]*/y;
const unicodeNames = /[\p{ID_Start}_][\p{ID_Continue}-]*/uy;
const heredocs = /<<-?([\p{ID_Start}_][\p{ID_Continue}-]*)\r?\n/uy;

/** Where it ends what an expression finds at a place; the place itself where it finds nothing. */
const endOf = (expression: RegExp, text: string, at: number): number => {
  expression.lastIndex = at;
  return expression.test(text) ? expression.lastIndex : at;
};

const space = 0x20;
const tab = 0x09;

/** One blank is what there is mostly. */
const skipBlanks = (text: string, at: number): number => {
  const next = text.charCodeAt(at + 1);
  return next === space || next === tab ? endOf(blanks, text, at) : at + 1;
};

/** Up to where a template's text begins, or goes on. */
const scanCode = (scanner: Scanner): void => {
  const { text, length, tokens, mode } = scanner;
  while (scanner.at < length && scanner.mode === mode) {
    const { at } = scanner;
    const first = text.charCodeAt(at);
    switch (first < 128 ? character.kindOf[first] : character.letter) {
      case character.letter:
        scanName(scanner);
        break;
      case character.blank:
        scanner.at = skipBlanks(text, at);
        break;
      case character.lineBreak:
        // One stands for all that follow it.
        token.addToken(tokens, token.newline, at, at + 1);
        scanner.at = endOf(lineBreaks, text, at);
        break;
      case character.single:
        token.addToken(tokens, character.singles[first] ?? token.invalid, at, at + 1);
        scanner.at = at + 1;
        break;
      case character.operator:
        scanOperator(scanner, first);
        break;
      case character.quote:
        scanQuote(scanner);
        break;
      default:
        scanRare(scanner, first);
    }
  }
};

const scanName = (scanner: Scanner): void => {
  const { text, at } = scanner;
  names.lastIndex = at;
  const stop = names.test(text) ? names.lastIndex : at;
  if (text.charCodeAt(stop) > 127) {
    scanUnicodeName(scanner);
    return;
  }
  token.addToken(scanner.tokens, token.name, at, stop);
  scanner.at = stop;
};

const scanRare = (scanner: Scanner, first: number): void => {
  const special = specials[first];
  if (special !== undefined) special(scanner);
  else if (isDigit(first)) emit(scanner, token.number, numberEnd(scanner.text, scanner.at));
  else refuse(scanner, 1);
};

const scanUnicodeName = (scanner: Scanner): void => {
  const { text, at } = scanner;
  const stop = endOf(unicodeNames, text, at);
  if (stop > at) emit(scanner, token.name, stop);
  else refuse(scanner, (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1);
};

const isDigit = (digit: number): boolean => digit >= 0x30 && digit <= 0x39;

/** Digits, dots and exponents, as many as there are (`1.5.5` is one bad number), but no dot at the end: `1...`. */
const numberEnd = (text: string, start: number): number => {
  let end = endOf(digits, text, start);
  for (let next = exponentEnd(text, end); next > end; next = exponentEnd(text, end)) end = endOf(digits, text, next);
  while (text.charCodeAt(end - 1) === 0x2e) end -= 1;
  return end;
};

const exponentEnd = (text: string, at: number): number => {
  const letter = text.charAt(at);
  if (letter !== 'e' && letter !== 'E') return at;
  const sign = text.charAt(at + 1);
  const digit = at + (sign === '+' || sign === '-' ? 2 : 1);
  return isDigit(text.charCodeAt(digit)) ? digit + 1 : at;
};

const doubleQuote = 0x22;
const openBrace = 0x7b;

/** Where a text ends that has neither escapes nor sequences, which nearly all are; -1 where it has any. */
const plainEnd = (text: string, start: number): number => {
  for (let at = start + 1; ; at += 1) {
    at = endOf(plainCharacters, text, at);
    const found = text.charCodeAt(at);
    if (found === doubleQuote) return at + 1;
    const isSign = found === 0x24 || found === 0x25;
    if (!isSign || text.charCodeAt(at + 1) === openBrace) return -1;
  }
};

const scanQuote = (scanner: Scanner): void => {
  const stop = plainEnd(scanner.text, scanner.at);
  if (stop > 0) {
    emit(scanner, token.plainText, stop);
    return;
  }
  emit(scanner, token.openQuote, scanner.at + 1);
  enter(scanner, quoted);
};

const scanLess = (scanner: Scanner): void => {
  heredocs.lastIndex = scanner.at;
  const marker = scanner.text.startsWith('<<', scanner.at) ? heredocs.exec(scanner.text)?.[1] : undefined;
  if (marker === undefined) {
    scanOperator(scanner, 0x3c);
    return;
  }
  emit(scanner, token.openHeredoc, heredocs.lastIndex);
  enter(scanner, { kind: 'heredoc', marker, startOfLine: true });
};

const scanLineComment = (scanner: Scanner): void => {
  const stop = scanner.text.indexOf('\n', scanner.at);
  scanner.comments?.push({ start: scanner.at, end: stop < 0 ? scanner.length : stop });
  if (stop < 0) {
    scanner.at = scanner.length;
    return;
  }
  scanner.at = stop;
  emit(scanner, token.newline, stop + 1);
};

const scanSlash = (scanner: Scanner): void => {
  const next = scanner.text.charAt(scanner.at + 1);
  if (next === '/') scanLineComment(scanner);
  else if (next !== '*' || scanner.noCommentEnd) emit(scanner, token.slash, scanner.at + 1);
  else skipComment(scanner);
};

const skipComment = (scanner: Scanner): void => {
  const stop = scanner.text.indexOf('*/', scanner.at + 2);
  if (stop < 0) scanner.noCommentEnd = true;
  else {
    scanner.comments?.push({ start: scanner.at, end: stop + 2 });
    scanner.at = stop + 2;
  }
};

const closesSequence = ({ returns, braces }: Scanner): boolean => returns.at(-1) === braces;

const closeSequence = (scanner: Scanner, length: number): void => {
  const closes = closesSequence(scanner);
  emit(scanner, token.closeSequence, scanner.at + length);
  scanner.braces -= 1;
  if (!closes) return;
  scanner.returns.pop();
  leave(scanner);
};

const scanClose = (scanner: Scanner): void => {
  if (closesSequence(scanner)) {
    closeSequence(scanner, 1);
    return;
  }
  emit(scanner, token.closeBrace, scanner.at + 1);
  scanner.braces -= 1;
};

const specials: Readonly<Record<number, (scanner: Scanner) => void>> = {
  35: scanLineComment,
  47: scanSlash,
  60: scanLess,
  [openBrace]: (scanner) => {
    emit(scanner, token.openBrace, scanner.at + 1);
    scanner.braces += 1;
  },
  125: scanClose,
  126: (scanner) => {
    if (scanner.text.startsWith('~}', scanner.at)) closeSequence(scanner, 2);
    else refuse(scanner, 1);
  },
};
