import type { CharacterTest } from './syntax.ts';

/** Classes of characters, as RE2 defines them: ASCII, but for `\p`. */

const within =
  (...ranges: readonly (readonly [string, string])[]): CharacterTest =>
  (codePoint) =>
    ranges.some(([first, last]) => codePoint >= code(first) && codePoint <= code(last));

const code = (character: string): number => character.codePointAt(0) ?? 0;

export const not =
  (test: CharacterTest): CharacterTest =>
  (codePoint) =>
    !test(codePoint);

export const exactly =
  (wanted: number): CharacterTest =>
  (codePoint) =>
    codePoint === wanted;

export const anyOfTests =
  (tests: readonly CharacterTest[]): CharacterTest =>
  (codePoint) =>
    tests.some((test) => test(codePoint));

export const range =
  (first: number, last: number): CharacterTest =>
  (codePoint) =>
    codePoint >= first && codePoint <= last;

const digit = within(['0', '9']);
export const word = within(['0', '9'], ['A', 'Z'], ['a', 'z'], ['_', '_']);
const space = within(['\t', '\n'], ['\f', '\r'], [' ', ' ']);
const letter = within(['A', 'Z'], ['a', 'z']);

/** `\d`, `\W` and the like. */
export const perlClasses: ReadonlyMap<string, CharacterTest> = new Map([
  ['d', digit],
  ['D', not(digit)],
  ['w', word],
  ['W', not(word)],
  ['s', space],
  ['S', not(space)],
]);

/** `[:alpha:]` and the like, inside brackets. */
export const namedClasses: ReadonlyMap<string, CharacterTest> = new Map([
  ['alnum', within(['0', '9'], ['A', 'Z'], ['a', 'z'])],
  ['alpha', letter],
  ['ascii', range(0, 127)],
  ['blank', within(['\t', '\t'], [' ', ' '])],
  ['cntrl', anyOfTests([range(0, 31), exactly(127)])],
  ['digit', digit],
  ['graph', within(['!', '~'])],
  ['lower', within(['a', 'z'])],
  ['print', within([' ', '~'])],
  ['punct', within(['!', '/'], [':', '@'], ['[', '`'], ['{', '~'])],
  ['space', within(['\t', '\r'], [' ', ' '])],
  ['upper', within(['A', 'Z'])],
  ['word', word],
  ['xdigit', within(['0', '9'], ['A', 'F'], ['a', 'f'])],
]);

/** `\p{Greek}`: a general category or a script; null where Unicode has none of that name. */
export const unicodeClass = (name: string): CharacterTest | null => {
  const expression = propertyOf(name) ?? propertyOf(`Script=${name}`);
  return expression && ((codePoint) => expression.test(String.fromCodePoint(codePoint)));
};

const propertyOf = (name: string): RegExp | null => {
  if (!/^[A-Za-z_=]+$/.test(name)) return null;
  try {
    return new RegExp(`^\\p{${name}}$`, 'u');
  } catch {
    return null;
  }
};

/** Capitals and small letters alike. */
export const foldCase =
  (test: CharacterTest): CharacterTest =>
  (codePoint) => {
    const character = String.fromCodePoint(codePoint);
    return test(codePoint) || test(code(character.toLowerCase())) || test(code(character.toUpperCase()));
  };
