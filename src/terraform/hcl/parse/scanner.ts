import type { Span, SyntaxFault } from '../syntax.ts';
import { mostFaults } from './limits.ts';
import { type Tokens, addToken, newTokens } from './tokens.ts';

/** Where the scan is within templates: text of one, or code. */
export type Mode =
  | { readonly kind: 'code' }
  | { readonly kind: 'quoted' }
  | { readonly kind: 'bare' }
  | { readonly kind: 'heredoc'; readonly marker: string; startOfLine: boolean };

export type Scanner = {
  readonly text: string;
  readonly length: number;
  readonly tokens: Tokens;
  readonly faults: SyntaxFault[];
  at: number;
  /** Braces that are open, and at which of them a template's text goes on. */
  braces: number;
  readonly returns: number[];
  readonly modes: Mode[];
  mode: Mode;
  /** No comment is closed behind this place: what looks like the start of one is none. */
  noCommentEnd: boolean;
  /** The next carriage return from a place on that was looked at; Infinity where there is none. */
  nextReturn: number;
  /** Where comments stand, if somebody asks. */
  readonly comments: Span[] | null;
};

export const code: Mode = { kind: 'code' };
export const quoted: Mode = { kind: 'quoted' };

/** Windows' editors write one; it is no part of the text. */
const byteOrderMark = 0xfeff;

export const newScanner = (text: string, mode: Mode, comments: Span[] | null = null): Scanner => ({
  text,
  length: text.length,
  tokens: newTokens(text.length),
  faults: [],
  at: text.charCodeAt(0) === byteOrderMark ? 1 : 0,
  braces: 0,
  returns: [],
  modes: [],
  mode,
  noCommentEnd: false,
  nextReturn: -1,
  comments,
});

/** A token from where the scan is. */
export const emit = (scanner: Scanner, kind: number, stop: number): void => {
  addToken(scanner.tokens, kind, scanner.at, stop);
  scanner.at = stop;
};

export const enter = (scanner: Scanner, mode: Mode): void => {
  scanner.modes.push(scanner.mode);
  scanner.mode = mode;
};

export const leave = (scanner: Scanner): void => {
  scanner.mode = scanner.modes.pop() ?? code;
};

export const addFault = (
  faults: SyntaxFault[],
  [summary, detail]: readonly [string, string],
  start: number,
  stop: number,
): void => {
  if (faults.length < mostFaults) faults.push({ summary, detail, span: { start, end: stop } });
};
