import { describe, expect, test } from '@jest/globals';
import {
  type Shape,
  type ShapePart,
  anyText,
  characterPiece,
  covers,
  coversPieces,
  hole,
  patternOfShape,
  textPiece,
} from './shape.ts';

const text: ShapePart = { unknown: 'text', is: textPiece(3) };
const character: ShapePart = { unknown: 'character', is: characterPiece(0) };

const upTo = <T>(symbols: readonly T[], length: number): readonly (readonly T[])[] =>
  length === 0
    ? [[]]
    : [[], ...symbols.flatMap((symbol) => upTo(symbols, length - 1).map((rest) => [symbol, ...rest]))];

const patterns = [
  ...new Set(upTo(['a', '*', '?', textPiece(3), characterPiece(0), hole], 3).map((symbols) => symbols.join(''))),
];
const shapes = upTo<ShapePart>(['a', text, character, anyText], 3);

/** What the pieces, the hole of the pattern and the other text of the shape may turn out to be. */
const worlds = ['', 'a', 'ab', 'b'].flatMap((piece) =>
  ['', 'a', 'b'].flatMap((inHole) =>
    ['', 'b'].map((other) => ({ piece, inHole, other, one: piece === 'a' ? 'a' : 'b' })),
  ),
);

type World = (typeof worlds)[number];

const expressionIn = (pattern: string, { piece, inHole, one }: World): RegExp =>
  new RegExp(
    `^${pattern
      .replaceAll('*', '.*')
      .replaceAll('?', '.')
      .replaceAll(textPiece(3), piece)
      .replaceAll(characterPiece(0), one)
      .replaceAll(hole, inHole)}$`,
  );

const subjectIn = (shape: Shape, { piece, other, one }: World): string =>
  shape
    .map((part) => {
      if (typeof part === 'string') return part;
      return part.unknown === 'character' ? one : part.is === undefined ? other : piece;
    })
    .join('');

describe('whether a pattern with pieces of a resource covers it', () => {
  test('never says more than holds for everything that the pieces may be', () => {
    const wrong = patterns.flatMap((pattern) => {
      const expressions = worlds.map((world) => expressionIn(pattern, world));
      return shapes.filter((shape) => {
        const answer = coversPieces(pattern, shape);
        const holds = (world: World, i: number): boolean => expressions[i]?.test(subjectIn(shape, world)) === answer;
        return answer !== 'unknown' && !worlds.every(holds);
      });
    });
    expect(wrong).toEqual([]);
  });

  test('says what is said without pieces where the pattern names none', () => {
    for (const pattern of patterns.filter((one) => /^[a*?]*$/.test(one))) {
      for (const shape of shapes) expect(coversPieces(pattern, shape)).toBe(covers(pattern, shape));
    }
  });

  const suffix: Shape = Array.from({ length: 6 }, (_, i) => ({ unknown: 'character', is: characterPiece(i) }));
  const named: Shape = ['secret:', text, '-', ...suffix];
  const whole = patternOfShape(named);

  test.each<[string, string, Shape, boolean | 'unknown']>([
    ['the whole', whole, named, true],
    ['the whole and a *', `${whole}*`, named, true],
    ['the whole and more, which a name may hold', `${whole}-x`, named, 'unknown'],
    ['the name and six characters', `secret:${textPiece(3)}-??????`, named, true],
    ['the name and a *', `secret:${textPiece(3)}-*`, named, true],
    ['the name and seven characters', `secret:${textPiece(3)}-???????`, named, 'unknown'],
    ['another kind', `key/${textPiece(3)}`, named, false],
    ['a hole', `secret:${hole}`, named, 'unknown'],
    ['a hole behind another text', `key/${hole}`, named, false],
    ['a piece before a variable', `secret:${textPiece(3)}-\${aws:x}`, named, 'unknown'],
    ['a known name in place of the piece', 'secret:orders-*', named, 'unknown'],
  ])('%s', (_, pattern, shape, answer) => expect(coversPieces(pattern, shape)).toBe(answer));

  test('what has no name of its own is a hole', () => {
    expect(patternOfShape(['a', anyText])).toBe(`a${hole}`);
  });
});
