/** Where and how a text stops being JSON. Line and column are one-based. */
export type JsonFault = {
  readonly kind: 'truncated' | 'trailing' | 'syntax';
  readonly line: number;
  readonly column: number;
};

/**
 * Finds the first fault of a text that `JSON.parse` refused. Its own message will not do: it quotes the input, which
 * may hold passwords, and for most faults it names no position.
 */
export const locateJsonFault = (text: string): JsonFault => {
  const position = faultPosition(text);
  const { line, column } = placeOf(text, position.at);
  return { kind: position.at >= text.length ? 'truncated' : position.kind, line, column };
};

type Fault = { readonly at: number; readonly kind: 'trailing' | 'syntax' };

/** What may stand at the next position. `first-*` also allows the end of the list or object that has just begun. */
type Expected = 'value' | 'first-value' | 'key' | 'first-key' | 'colon' | 'separator';

const faultPosition = (text: string): Fault => {
  const open: ('{' | '[')[] = [];
  let expected: Expected = 'value';
  let at = skipBlanks(text, 0);
  while (expected !== 'separator' || open.length > 0) {
    const step = stepOver(text, at, expected, open);
    if (step.next === undefined) return { at: step.at, kind: 'syntax' };
    expected = step.next;
    at = skipBlanks(text, step.at);
  }
  return { at, kind: 'trailing' };
};

/** The position after the token; without `next` the position of the fault. */
type Step = { readonly at: number; readonly next?: Expected };

const stepOver = (text: string, at: number, expected: Expected, open: ('{' | '[')[]): Step => {
  switch (expected) {
    case 'colon':
      return text[at] === ':' ? { at: at + 1, next: 'value' } : { at };
    case 'separator':
      return overSeparator(text, at, open);
    case 'first-key':
      return text[at] === '}' ? close(at, open) : overKey(text, at);
    case 'key':
      return overKey(text, at);
    case 'first-value':
      return text[at] === ']' ? close(at, open) : overValue(text, at, open);
    case 'value':
      return overValue(text, at, open);
  }
};

const close = (at: number, open: ('{' | '[')[]): Step => {
  open.pop();
  return { at: at + 1, next: 'separator' };
};

const overSeparator = (text: string, at: number, open: ('{' | '[')[]): Step => {
  const inObject = open.at(-1) === '{';
  if (text[at] === ',') return { at: at + 1, next: inObject ? 'key' : 'value' };
  return text[at] === (inObject ? '}' : ']') ? close(at, open) : { at };
};

const overKey = (text: string, at: number): Step => (text[at] === '"' ? overString(text, at, 'colon') : { at });

const overValue = (text: string, at: number, open: ('{' | '[')[]): Step => {
  const character = text[at];
  if (character === '{' || character === '[') {
    open.push(character);
    return { at: at + 1, next: character === '{' ? 'first-key' : 'first-value' };
  }
  return character === '"' ? overString(text, at, 'separator') : overWord(text, at);
};

const hexadecimal = /^[0-9a-f]{4}$/i;

const overString = (text: string, start: number, next: Expected): Step => {
  let at = start + 1;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === 0x22) return { at: at + 1, next };
    if (code < 0x20) return { at };
    if (code !== 0x5c) {
      at++;
      continue;
    }
    const length = escapeLength(text, at);
    if (length === 0) return { at: Math.min(at, text.length) };
    at += length;
  }
  return { at: text.length };
};

/** Length of the escape that begins here; 0 when it is none. Past the end when the text ends within it. */
const escapeLength = (text: string, at: number): number => {
  const character = text[at + 1];
  if (character === undefined) return 2;
  if (character !== 'u') return '"\\/bfnrt'.includes(character) ? 2 : 0;
  const digits = text.slice(at + 2, at + 6);
  const isCut = at + 2 + digits.length === text.length && digits.length < 4;
  return isCut || hexadecimal.test(digits) ? 6 : 0;
};

const words = ['true', 'false', 'null'];
const number = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/;
const longestNumber = 400;

const overWord = (text: string, at: number): Step => {
  const rest = text.slice(at, at + longestNumber);
  const word = words.find((candidate) => rest.startsWith(candidate));
  const length = word?.length ?? number.exec(rest)?.[0].length ?? 0;
  if (length > 0) return { at: at + length, next: 'separator' };
  const isCut = at + rest.length === text.length && [...words, '-'].some((whole) => whole.startsWith(rest));
  return { at: isCut ? text.length : at };
};

const isBlank = (code: number): boolean => code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;

const skipBlanks = (text: string, start: number): number => {
  let at = start;
  while (isBlank(text.charCodeAt(at))) at++;
  return at;
};

const placeOf = (text: string, position: number): { readonly line: number; readonly column: number } => {
  let line = 1;
  let start = 0;
  for (let end = text.indexOf('\n'); end !== -1 && end < position; end = text.indexOf('\n', end + 1)) {
    line++;
    start = end + 1;
  }
  return { line, column: position - start + 1 };
};
