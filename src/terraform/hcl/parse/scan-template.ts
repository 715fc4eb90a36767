import { type Scanner, addFault, code, emit, enter, leave } from './scanner.ts';
import * as token from './tokens.ts';

/** Texts: within quotes, in a heredoc, or a whole template. */

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const quote = 0x22;
const dollar = 0x24;
const percent = 0x25;
const backslash = 0x5c;
const openBrace = 0x7b;
const tilde = 0x7e;

const multiLine = [
  'Invalid multi-line string',
  'Quoted strings may not be split over multiple lines. To produce a multi-line string, either use the \\n escape to ' +
    'represent a newline character or use the "heredoc" multi-line template syntax.',
] as const;

const isSign = (character: number): boolean => character === dollar || character === percent;

/** `$${` stands for `${` and opens nothing. */
const isEscaped = (text: string, at: number): boolean =>
  text.charCodeAt(at + 1) === text.charCodeAt(at) && text.charCodeAt(at + 2) === openBrace;

/** Behind a `$` or `%`, or a doubled one; the same place where it opens a sequence. */
const skipSign = (text: string, at: number): number => {
  if (text.charCodeAt(at + 1) === openBrace) return at;
  return at + (isEscaped(text, at) ? 3 : 1);
};

const quotedCharacters = /[^"\\$%\r\n]*/y;
const lineCharacters = /[^$%\n]*/y;

const endOf = (expression: RegExp, text: string, at: number): number => {
  expression.lastIndex = at;
  return expression.test(text) ? expression.lastIndex : at;
};

/** The end of text within quotes: a quote, a line break, or what opens a sequence. */
const quotedEnd = ({ text, at: start, length }: Scanner): number => {
  let at = start;
  while (at < length) {
    at = endOf(quotedCharacters, text, at);
    const character = text.charCodeAt(at);
    let next = at;
    if (character === backslash) next = skipEscape(text, at);
    else if (isSign(character)) next = skipSign(text, at);
    if (next === at) return at;
    at = next;
  }
  return length;
};

const skipEscape = (text: string, at: number): number => {
  const selector = text.charCodeAt(at + 1);
  return selector === lineFeed || selector === carriageReturn || Number.isNaN(selector) ? at + 1 : at + 2;
};

export const scanQuoted = (scanner: Scanner): void => {
  const stop = quotedEnd(scanner);
  if (stop > scanner.at) emit(scanner, token.quotedLiteral, stop);
  if (stop === scanner.length) return;
  const character = scanner.text.charCodeAt(stop);
  if (isSign(character)) {
    openSequence(scanner, character);
    return;
  }
  if (character !== quote) {
    leaveOpen(scanner);
    return;
  }
  emit(scanner, token.closeQuote, stop + 1);
  leave(scanner);
};

/**
 * A text that is not closed ends with its line, and so do those that it stands in: nearly always it is the brace of
 * `"${x"` that is missing. What follows can still be read.
 */
const leaveOpen = (scanner: Scanner): void => {
  addFault(scanner.faults, multiLine, scanner.at, scanner.at + 1);
  emit(scanner, token.quotedNewline, scanner.at);
  leave(scanner);
  while (scanner.modes.at(-1)?.kind === 'quoted') {
    leave(scanner);
    leave(scanner);
    scanner.braces = (scanner.returns.pop() ?? 1) - 1;
  }
};

const openSequence = (scanner: Scanner, sign: number): void => {
  const kind = sign === dollar ? token.interpolation : token.directive;
  emit(scanner, kind, scanner.at + (scanner.text.charCodeAt(scanner.at + 2) === tilde ? 3 : 2));
  scanner.braces += 1;
  scanner.returns.push(scanner.braces);
  if (scanner.mode.kind === 'heredoc') scanner.mode.startOfLine = false;
  enter(scanner, code);
};

/** The end of a line, its break included, or what opens a sequence in it. */
const lineEnd = ({ text, at: start, length }: Scanner): number => {
  let at = start;
  while (at < length) {
    at = endOf(lineCharacters, text, at);
    const character = text.charCodeAt(at);
    if (character === lineFeed) return at + 1;
    const next = isSign(character) ? skipSign(text, at) : at;
    if (next === at) return at;
    at = next;
  }
  return length;
};

/** A heredoc or bare template: each line is a token of its own, for trimming stops at its start. */
export const scanLines = (scanner: Scanner): void => {
  const stop = lineEnd(scanner);
  const { mode, text } = scanner;
  const wholeLine = stop > scanner.at && text.charCodeAt(stop - 1) === lineFeed;
  if (mode.kind === 'heredoc') {
    if (wholeLine && mode.startOfLine && text.slice(scanner.at, stop).trim() === mode.marker) {
      closeHeredoc(scanner, stop);
      return;
    }
    mode.startOfLine = wholeLine;
    refuseReturns(scanner, stop);
  }
  if (stop > scanner.at) emit(scanner, token.literal, stop);
  if (stop < scanner.length && !wholeLine) openSequence(scanner, text.charCodeAt(stop));
};

const strayReturn = ['Invalid character', 'This character is not used within the language.'] as const;

/** Within a heredoc a carriage return stands in front of a line feed, or nowhere. */
const refuseReturns = (scanner: Scanner, stop: number): void => {
  const { text, at, faults } = scanner;
  if (scanner.nextReturn < at) {
    const found = text.indexOf('\r', at);
    scanner.nextReturn = found < 0 ? Number.POSITIVE_INFINITY : found;
  }
  const { nextReturn } = scanner;
  if (nextReturn < stop && text.charCodeAt(nextReturn + 1) !== lineFeed) {
    addFault(faults, strayReturn, nextReturn, nextReturn + 1);
  }
};

/** The line break behind the marker is no part of it: it ends the argument. */
const closeHeredoc = (scanner: Scanner, stop: number): void => {
  const lineBreak = scanner.text.charCodeAt(stop - 2) === carriageReturn ? stop - 2 : stop - 1;
  emit(scanner, token.closeHeredoc, lineBreak);
  emit(scanner, token.newline, stop);
  leave(scanner);
};
