import type { Expression, Span, SyntaxFault } from '../syntax.ts';
import { deepestNesting } from './limits.ts';
import { addFault } from './scanner.ts';
import * as token from './tokens.ts';

/**
 * What all parts of the parser share. It follows Go's HCL (hclsyntax/parser.go) step by step, errors included: after the
 * first one, `recovering` holds back those that only follow from it.
 */
export type Parser = {
  readonly text: string;
  readonly kinds: Uint8Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly last: number;
  readonly faults: SyntaxFault[];
  /** Index of the next token. */
  at: number;
  /** Within brackets a line break is a blank. */
  skipsNewlines: boolean;
  recovering: boolean;
  /** How often something was wrong, reported or not: what was parsed meanwhile is not to be used. */
  troubles: number;
  /** Brackets, blocks and templates around the current place. */
  nesting: number;
  /** Links of the longest chain below the current place: a tree grows to the left without any nesting. */
  height: number;
  /** Parts of the grammar that contain each other, so that their files need not. */
  readonly expression: (parser: Parser) => Expression;
  readonly template: (parser: Parser) => Expression;
};

/** The index of the next token that counts. */
const nextIndex = (parser: Parser): number => {
  let { at } = parser;
  if (parser.skipsNewlines) while (parser.kinds[at] === token.newline) at += 1;
  return at;
};

// These are called for every token, and written out for that reason. Behind the last token is nothing but ends.

/** The kind of the next token. */
export const peek = (parser: Parser): number => {
  const { kinds } = parser;
  let { at } = parser;
  if (parser.skipsNewlines) while (kinds[at] === token.newline) at += 1;
  return kinds[at] ?? token.end;
};

/** Goes behind the next token, and gives its index. At the end it stays there. */
export const read = (parser: Parser): number => {
  const { kinds } = parser;
  let { at } = parser;
  if (parser.skipsNewlines) while (kinds[at] === token.newline) at += 1;
  parser.at = at < parser.last ? at + 1 : at;
  return at;
};

/** Reads the token if it is of a kind. */
export const take = (parser: Parser, kind: number): boolean => {
  if (peek(parser) !== kind) return false;
  read(parser);
  return true;
};

export const kindAt = (parser: Parser, index: number): number => parser.kinds[index] ?? token.end;
export const startAt = (parser: Parser, index: number): number => parser.starts[index] ?? parser.text.length;
export const endAt = (parser: Parser, index: number): number => parser.ends[index] ?? parser.text.length;
export const textAt = (parser: Parser, index: number): string =>
  parser.text.slice(parser.starts[index], parser.ends[index]);

export const spanOf = (parser: Parser, index: number): Span => ({
  start: parser.starts[index] ?? 0,
  end: parser.ends[index] ?? 0,
});

/** Where the next token begins. */
export const nextStart = (parser: Parser): number => startAt(parser, nextIndex(parser));

export const nextSpan = (parser: Parser): Span => spanOf(parser, nextIndex(parser));

/** Where the token that was read last ends. */
export const previousEnd = (parser: Parser): number =>
  parser.at === 0 ? startAt(parser, 0) : endAt(parser, parser.at - 1);

/** Whether the next token is this word: keywords of HCL are names elsewhere. */
export const isWord = (parser: Parser, word: string): boolean => {
  const index = nextIndex(parser);
  if (kindAt(parser, index) !== token.name) return false;
  const start = startAt(parser, index);
  return endAt(parser, index) - start === word.length && parser.text.startsWith(word, start);
};

export type Fault = readonly [summary: string, detail: string];

/** Reports, also what may only follow from an earlier fault. */
export const report = (parser: Pick<Parser, 'faults' | 'troubles'>, fault: Fault, { start, end }: Span): void => {
  parser.troubles += 1;
  addFault(parser.faults, fault, start, end);
};

/** Reports what is no consequence of an earlier fault, as far as can be told. */
export const complain = (parser: Parser, fault: Fault, span: Span): void => {
  if (parser.recovering) parser.troubles += 1;
  else report(parser, fault, span);
};

/** Whether the place behind what was parsed since is not to be trusted. */
export const isLost = (parser: Parser, troubles: number): boolean => parser.recovering && parser.troubles > troubles;

export const invalid = (start: number, end: number): Expression => ({ kind: 'invalid', span: { start, end } });

/** Parses with line breaks as blanks, or as ends. */
export const withNewlines = <T>(parser: Parser, skips: boolean, parse: (parser: Parser) => T): T => {
  const before = parser.skipsNewlines;
  parser.skipsNewlines = skips;
  const parsed = parse(parser);
  parser.skipsNewlines = before;
  return parsed;
};

const tooDeep: Fault = [
  'Nested too deeply',
  `More than ${deepestNesting} expressions or blocks are within each other here; they are not read.`,
];

export const isTooDeep = (parser: Parser): boolean => parser.nesting >= deepestNesting;

export const refuseDepth = (parser: Parser): void => {
  complain(parser, tooDeep, nextSpan(parser));
  parser.recovering = true;
};
