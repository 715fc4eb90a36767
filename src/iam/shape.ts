import type { Tri } from '../model/value.ts';

/**
 * The shape of a string that does not exist yet: literal text, single unknown characters, and stretches of unknown text.
 * The ARN of a secret before apply is `arn:aws:secretsmanager:us-east-1:`, any, `:secret:orders/app-`, six characters.
 */
export type ShapePart = string | { readonly unknown: 'character' | 'text'; readonly is?: Piece };
export type Shape = readonly ShapePart[];

/**
 * Which unknown piece of a resource it is, so that a pattern can name the same piece: one code unit of those that neither
 * ARNs nor patterns contain.
 */
export type Piece = string;

export const anyText: ShapePart = { unknown: 'text' };
export const anyCharacter: ShapePart = { unknown: 'character' };

// One code unit each that neither ARNs nor patterns contain.
const characterMark = '\u0001';
const textMark = '\u0002';

const markOf = (unknown: 'character' | 'text'): string => (unknown === 'character' ? characterMark : textMark);

const flatten = (shape: Shape): string =>
  shape.map((part) => (typeof part === 'string' ? part : markOf(part.unknown))).join('');

/** Policy variables stand for text that only the request knows; `${*}`, `${?}` and `${$}` for the characters themselves. */
const variable = /\$\{(?:([*?$])|[^}]*)\}/g;

const withVariablesAs = (pattern: string, stand: string): string =>
  pattern.replace(variable, (_, character: string | undefined) =>
    character === undefined ? stand : `\u0003${character}`,
  );

const escape = /\$\{([*?$])\}/g;

/**
 * Whether a pattern with `*` and `?` covers a string of that shape: true when it covers every such string, false when
 * it covers none, else unknown. Letter case counts, as in ARNs.
 */
export const covers = (pattern: string, shape: Shape): Tri => {
  const subject = flatten(shape);
  if (pattern.length * subject.length > maximumSteps) return 'unknown';
  if (match(withVariablesAs(pattern, '\u0004'), subject, mustMatch)) return true;
  return match(withVariablesAs(pattern, '*'), subject, mayMatch) ? 'unknown' : false;
};

/** Stands in a pattern for a text of which nothing is known. */
export const hole = '\ue7ff';

/** Names of the pieces of a resource: unknown texts, and single unknown characters. */
export const textPiece = (n: number): Piece => String.fromCharCode(0xe000 + n);
export const characterPiece = (n: number): Piece => String.fromCharCode(0xe800 + n);

const isCharacterPiece = (character: string): boolean => character >= '\ue800' && character <= '\uefff';
const isPiece = (character: string): boolean => character >= '\ue000' && character <= '\uefff';
const pieceOrHole = /[\ue000-\uefff]/g;

/** The shape as a pattern that names its pieces would have it. */
export const patternOfShape = (shape: Shape): string =>
  shape.map((part) => (typeof part === 'string' ? part : (part.is ?? hole))).join('');

/** The same of a pattern with holes, and with pieces of the resource that it may be about. */
export const coversPieces = (pattern: string, shape: Shape): Tri => {
  const named = shape.map((part) => (typeof part === 'string' ? part : (part.is ?? markOf(part.unknown)))).join('');
  if (pattern.length * named.length > maximumSteps) return 'unknown';
  if (match(withVariablesAs(pattern, '\u0004'), named, mustMatchPiece)) return true;
  const open = pattern.replace(pieceOrHole, (character) => (isCharacterPiece(character) ? '?' : '*'));
  return match(withVariablesAs(open, '*'), flatten(shape), mayMatch) ? 'unknown' : false;
};

const mustMatchPiece: Agree = (pattern, subject) =>
  isPiece(subject)
    ? pattern === subject || (pattern === '?' && isCharacterPiece(subject))
    : mustMatch(pattern, subject);

/** Whether two characters, one of the pattern and one of the subject, agree. */
type Agree = (pattern: string, subject: string) => boolean;

const mustMatch: Agree = (pattern, subject) =>
  pattern === '?' ? subject !== textMark : pattern === subject && subject !== textMark && subject !== characterMark;

const mayMatch: Agree = (pattern, subject) => pattern === '?' || subject === characterMark || pattern === subject;

const tokensOf = (pattern: string): readonly string[] => {
  const tokens: string[] = [];
  for (let i = 0; i < pattern.length; i += 1) {
    if (pattern[i] === '\u0003') {
      i += 1;
      tokens.push(`\\${pattern[i]}`);
    } else tokens.push(pattern[i] ?? '');
  }
  return tokens;
};

/** Far more than any document that AWS takes asks for: nobody waits for an answer to the rest. */
const maximumSteps = 1e7;

/** Dynamic programming over both strings: linear memory, no backtracking, so no pattern can hang it. */
const match = (pattern: string, subject: string, agree: Agree): boolean => {
  const tokens = tokensOf(pattern);
  const lenient = agree === mayMatch;
  let row = subjectRow(subject, lenient);
  for (const token of tokens) row = nextRow(row, token, subject, agree, lenient);
  return row[subject.length] === true;
};

/** Row 0: the empty pattern covers only what may be empty. */
const subjectRow = (subject: string, lenient: boolean): boolean[] => {
  const row: boolean[] = [true];
  for (let i = 0; i < subject.length; i += 1) row.push(lenient && row[i] === true && subject[i] === textMark);
  return row;
};

const nextRow = (
  previous: readonly boolean[],
  token: string,
  subject: string,
  agree: Agree,
  lenient: boolean,
): boolean[] => {
  const star = token === '*';
  const row: boolean[] = [star && previous[0] === true];
  for (let i = 0; i < subject.length; i += 1) {
    const at = subject[i] ?? '';
    const here = previous[i + 1] === true || row[i] === true;
    const advances = previous[i] === true;
    const isText = lenient && at === textMark;
    // Unknown text may end here, go on, or take this character in.
    row.push(star || isText ? here || (isText && advances) : advances && agreeToken(token, at, agree));
  }
  return row;
};

const agreeToken = (token: string, at: string, agree: Agree): boolean =>
  token.startsWith('\\') ? token.slice(1) === at : agree(token, at);

/** Whether a pattern covers a known string, without regard to letter case, as for actions. */
export const coversAction = (pattern: string, action: string): boolean =>
  /[*?$]/.test(pattern)
    ? covers(pattern.toLowerCase(), [action.toLowerCase()]) === true
    : pattern.toLowerCase() === action.toLowerCase();

export const hasWildcard = (text: string): boolean => /[*?]/.test(text.replace(escape, ''));

export const hasVariable = (text: string): boolean => text.replace(escape, '').includes('${');

/** A text in which nothing is a wildcard, without the marks that keep its characters from being one. */
export const unescaped = (text: string): string => text.replace(escape, '$1');
