import * as token from './tokens.ts';

/** What a character of ASCII begins. Tables: the scan asks for the first one of every token. */
export const blank = 1;
export const letter = 2;
export const lineBreak = 3;
/** A token of one character, whatever follows. */
export const single = 4;
/** A token of one or more characters. */
export const operator = 5;
export const quote = 6;

export const kindOf = new Uint8Array(128);
export const singles = new Uint8Array(128);

const kinds: readonly (readonly [characters: string, kind: number])[] = [
  [' \t', blank],
  ['abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_', letter],
  ['\n', lineBreak],
  ['=!>&|:.\r', operator],
  ['"', quote],
];
for (const [characters, kind] of kinds) {
  for (let i = 0; i < characters.length; i++) kindOf[characters.charCodeAt(i)] = kind;
}

const singleTokens: readonly (readonly [character: string, kind: number])[] = [
  ['[', token.openBracket],
  [']', token.closeBracket],
  ['(', token.openParen],
  [')', token.closeParen],
  [',', token.comma],
  ['?', token.question],
  ['+', token.plus],
  ['-', token.minus],
  ['*', token.star],
  ['%', token.percent],
];
for (const [character, kind] of singleTokens) {
  kindOf[character.charCodeAt(0)] = single;
  singles[character.charCodeAt(0)] = kind;
}
