import { refuse } from './scan-refused.ts';
import { type Scanner, emit } from './scanner.ts';
import * as token from './tokens.ts';

/** Tokens of two characters, by both of them, and what the first one is alone: tables, as most tokens are looked up here. */
const pairs = new Uint8Array(128 * 128);
const alone = new Uint8Array(128);

const signs: readonly (readonly [text: string, kind: number])[] = [
  ['.', token.dot],
  ['=', token.equals],
  ['==', token.equal],
  ['=>', token.fatArrow],
  ['!', token.bang],
  ['!=', token.notEqual],
  ['>', token.greater],
  ['>=', token.greaterOrEqual],
  ['<', token.less],
  ['<=', token.lessOrEqual],
  [':', token.colon],
  ['::', token.doubleColon],
  ['&&', token.and],
  ['||', token.or],
  ['\r\n', token.newline],
];
const keyOf = (first: number, second: number): number => first * 128 + second;
for (const [text, kind] of signs) {
  const first = text.charCodeAt(0);
  if (text.length === 1) alone[first] = kind;
  else pairs[keyOf(first, text.charCodeAt(1))] = kind;
}

const dot = 0x2e;

export const scanOperator = (scanner: Scanner, first: number): void => {
  const { text, at } = scanner;
  const next = text.charCodeAt(at + 1);
  if (first === dot && next === dot && text.charCodeAt(at + 2) === dot) {
    emit(scanner, token.ellipsis, at + 3);
    return;
  }
  const pair = next < 128 ? (pairs[keyOf(first, next)] ?? 0) : 0;
  const kind = alone[first] ?? 0;
  if (pair !== 0) emit(scanner, pair, at + 2);
  else if (kind !== 0) emit(scanner, kind, at + 1);
  else refuse(scanner, 1);
};
