/**
 * Kinds of tokens, as Go's HCL has them. Numbers with names, and not texts: a file of 10,000 lines has 60,000 tokens.
 */
export const end = 0;
export const newline = 1;
export const name = 2;
export const number = 3;
/** `"text"` without escapes and templates, both quotes included: nearly all there are. */
export const plainText = 4;
export const openQuote = 5;
export const closeQuote = 6;
export const openHeredoc = 7;
export const closeHeredoc = 8;
/** Text within quotes, escapes not resolved. */
export const quotedLiteral = 9;
/** Text of a heredoc or bare template, no longer than a line. */
export const literal = 10;
/** A line break within quotes. */
export const quotedNewline = 11;
/** `${` or `${~` */
export const interpolation = 12;
/** `%{` or `%{~` */
export const directive = 13;
/** `}` or `~}` of one of them. */
export const closeSequence = 14;
export const openBrace = 15;
export const closeBrace = 16;
export const openBracket = 17;
export const closeBracket = 18;
export const openParen = 19;
export const closeParen = 20;
export const dot = 21;
export const comma = 22;
export const colon = 23;
export const doubleColon = 24;
export const equals = 25;
export const fatArrow = 26;
export const ellipsis = 27;
export const question = 28;
export const bang = 29;
export const plus = 30;
export const minus = 31;
export const star = 32;
export const slash = 33;
export const percent = 34;
export const equal = 35;
export const notEqual = 36;
export const less = 37;
export const lessOrEqual = 38;
export const greater = 39;
export const greaterOrEqual = 40;
export const and = 41;
export const or = 42;
/** What the language does not have. The scanner has reported it. */
export const invalid = 43;

/** Tokens side by side in arrays: an object each would cost more than the scan. */
export type Tokens = {
  kinds: Uint8Array;
  starts: Int32Array;
  ends: Int32Array;
  count: number;
};

export const newTokens = (length: number): Tokens => {
  const capacity = (length >> 2) + 16;
  return {
    kinds: new Uint8Array(capacity),
    starts: new Int32Array(capacity),
    ends: new Int32Array(capacity),
    count: 0,
  };
};

const grow = (tokens: Tokens): void => {
  const capacity = tokens.kinds.length * 2;
  const [kinds, starts, ends] = [new Uint8Array(capacity), new Int32Array(capacity), new Int32Array(capacity)];
  kinds.set(tokens.kinds);
  starts.set(tokens.starts);
  ends.set(tokens.ends);
  tokens.kinds = kinds;
  tokens.starts = starts;
  tokens.ends = ends;
};

export const addToken = (tokens: Tokens, kind: number, start: number, stop: number): void => {
  const place = tokens.count;
  if (place === tokens.kinds.length) grow(tokens);
  tokens.kinds[place] = kind;
  tokens.starts[place] = start;
  tokens.ends[place] = stop;
  tokens.count = place + 1;
};
