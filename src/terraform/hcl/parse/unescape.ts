import { type Parser, report } from './parser.ts';

/** Escapes of quoted texts, and the doubled signs of all templates. */

const selectors = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['"', '"'],
  ['\\', '\\'],
]);

const escape = /\\(?:u[\dA-Fa-f]{0,4}|U[\dA-Fa-f]{0,8}|[\s\S])?|\$\$\{|%%\{/gu;
const doubled = /\$\$\{|%%\{/g;

const unescapeSigns = (text: string): string => text.replace(doubled, (sign) => sign.slice(1));

const summary = 'Invalid escape sequence';

const fromCodePoint = (sequence: string): string | undefined => {
  const point = Number.parseInt(sequence.slice(2), 16);
  const isCharacter = point <= 0x10ffff && !(point >= 0xd800 && point <= 0xdfff);
  return isCharacter ? String.fromCodePoint(point) : undefined;
};

const faultOf = (sequence: string): string => {
  const [, selector] = sequence;
  if (selector === undefined) return 'Backslash must be followed by an escape sequence selector character.';
  if (selector === 'u' && sequence.length !== 6) {
    return 'The \\u escape sequence must be followed by four hexadecimal digits.';
  }
  if (selector === 'U' && sequence.length !== 10) {
    return 'The \\U escape sequence must be followed by eight hexadecimal digits.';
  }
  return selector === 'u' || selector === 'U'
    ? 'Cannot encode this character in UTF-8.'
    : 'The symbol is not a valid escape sequence selector.';
};

const resolve = (sequence: string): string | undefined => {
  if (sequence[0] !== '\\') return sequence.slice(1);
  const simple = selectors.get(sequence.slice(1));
  if (simple !== undefined) return simple;
  const isComplete = (sequence[1] === 'u' && sequence.length === 6) || (sequence[1] === 'U' && sequence.length === 10);
  return isComplete ? fromCodePoint(sequence) : undefined;
};

/** Text of a heredoc or bare template. */
export const unescapeLine = (text: string): string =>
  text.includes('${') || text.includes('%{') ? unescapeSigns(text) : text;

/** Text within quotes that begins at `start`. A bad sequence is a fault, and stays as it is written. */
export const unescapeQuoted = (text: string, start: number, parser: Pick<Parser, 'faults' | 'troubles'>): string => {
  if (!text.includes('\\')) return unescapeLine(text);
  return text.replace(escape, (sequence: string, offset: number) => {
    const resolved = resolve(sequence);
    if (resolved !== undefined) return resolved;
    const at = start + offset;
    report(parser, [summary, faultOf(sequence)], { start: at, end: at + sequence.length });
    return sequence.slice(1);
  });
};
