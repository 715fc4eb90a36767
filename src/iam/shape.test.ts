import { describe, expect, jest, test } from '@jest/globals';
import {
  type Shape,
  anyCharacter,
  anyText,
  covers,
  coversAction,
  hasVariable,
  hasWildcard,
  unescaped,
} from './shape.ts';

const letters = ['a', 'b'] as const;

/** Every string of at most `length` of the given symbols. */
const upTo = <T>(symbols: readonly T[], length: number): readonly (readonly T[])[] =>
  length === 0
    ? [[]]
    : [[], ...symbols.flatMap((symbol) => upTo(symbols, length - 1).map((rest) => [symbol, ...rest]))];

/** What IAM does with known text: a regular expression does the same. */
const expressionOf = (pattern: string): RegExp => new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`);

const matches = (pattern: string, text: string): boolean => expressionOf(pattern).test(text);

const texts = upTo(letters, 3).map((symbols) => symbols.join(''));

/** Every text that a shape may turn out to be, unknown text being at most three letters. */
const instances = (shape: Shape): readonly string[] =>
  shape.reduce<readonly string[]>(
    (heads, part) => {
      const tails = typeof part === 'string' ? [part] : part === anyText ? texts : [...letters];
      return heads.flatMap((head) => tails.map((tail) => head + tail));
    },
    [''],
  );

const patterns = [...new Set(upTo(['a', 'b', '*', '?'], 3).map((symbols) => symbols.join('')))];
const shapes = upTo<Shape[number]>(['a', 'b', anyCharacter, anyText], 3);

/** What a pattern says of every text that a shape may turn out to be: always, never, or both. */
const truths = patterns.flatMap((pattern) => {
  const expression = expressionOf(pattern);
  return shapes.map((shape) => {
    const found = instances(shape).map((text) => expression.test(text));
    return {
      pattern,
      shape,
      answer: covers(pattern, shape),
      always: !found.includes(false),
      never: !found.includes(true),
    };
  });
});

/** How a shape is written in the lists below: `c` and `…` for one unknown letter and unknown text. */
const written = (shape: Shape): string =>
  shape.map((part) => (part === anyText ? '…' : part === anyCharacter ? 'c' : part)).join('');

describe('whether a pattern covers what is not known yet', () => {
  test('never says more than holds for every text that it may be', () => {
    const wrong = truths.filter(
      ({ answer, always, never }) => (answer === true && !always) || (answer === false && !never),
    );
    expect(wrong).toEqual([]);
  });

  test('decides whatever is known', () => {
    for (const pattern of patterns) {
      for (const text of texts)
        expect([pattern, text, covers(pattern, [text])]).toEqual([pattern, text, matches(pattern, text)]);
    }
  });

  test.each<[string, Shape, boolean | 'unknown']>([
    [
      'arn:aws:secretsmanager:*:*:secret:orders/*',
      ['arn:aws:secretsmanager:us-east-1:', anyText, ':secret:orders/app-', anyCharacter],
      true,
    ],
    ['orders/app', ['orders/app-', anyCharacter], false],
    ['orders/app-??????', ['orders/app-', ...Array.from({ length: 6 }, () => anyCharacter)], true],
    ['orders/app-AbCdEf', ['orders/app-', ...Array.from({ length: 6 }, () => anyCharacter)], 'unknown'],
    ['db-*', ['db-', anyText], true],
    ['db-ABC', ['db-', anyText], 'unknown'],
    ['prx-*', ['db-', anyText], false],
    ['App', ['app'], false],
  ])('%s on %j: %s', (pattern, shape, answer) => expect(covers(pattern, shape)).toBe(answer));

  test('a policy variable is text that only the request knows', () => {
    const variable = '$' + '{aws:username}';
    expect(covers(variable, ['app'])).toBe('unknown');
    expect(covers(`app_${variable}`, ['orders'])).toBe(false);
    expect(covers('$' + '{*}', ['*'])).toBe(true);
    expect(covers('$' + '{*}', ['x'])).toBe(false);
  });

  test('says less than holds only where `*` and `?` stand together, on unknown text', () => {
    const weaker = truths
      .filter(({ answer, always, never }) => answer === 'unknown' && (always || never))
      .map(({ pattern, shape }) => `${pattern} on ${written(shape)}`);
    expect(weaker.filter((one) => !/^\S*(?:\?\*|\*\?)\S* on .*…/.test(one))).toEqual([]);
    expect(weaker.slice(0, 4)).toEqual(['a*? on aa…', 'a*? on ab…', 'a*? on ac…', 'a?* on a…a']);
    expect(weaker).toHaveLength(150);
  });

  test.each([
    ['stars', '*a'.repeat(80), 'a'.repeat(500)],
    ['stars that fail at the end', `${'*a'.repeat(80)}b`, 'a'.repeat(500)],
    ['stars on end', '*'.repeat(160), 'a'.repeat(500)],
    ['stars and question marks', '*?'.repeat(80), 'a'.repeat(500)],
    ['variables', '${aws:x}a'.repeat(50), 'a'.repeat(500)],
  ])('%s: as many steps as pattern times text, at most twice', (_, pattern, text) => {
    const steps = jest.spyOn(String.prototype, 'startsWith');
    covers(pattern, [text, anyText]);
    const { length } = steps.mock.calls;
    steps.mockRestore();
    expect(length).toBeLessThanOrEqual(2 * pattern.length * (text.length + 1));
  });
});

test.each([
  ['rds-db:connect', 'rds-db:connect', true],
  ['RDS-DB:Connect', 'rds-db:connect', true],
  ['rds-db:*', 'rds-db:connect', true],
  ['*', 'kms:Decrypt', true],
  ['kms:De?rypt', 'kms:Decrypt', true],
  ['rds:*', 'rds-db:connect', false],
])('action %s on %s: %s', (pattern, action, answer) => expect(coversAction(pattern, action)).toBe(answer));

test.each([
  ['app', [false, false], 'app'],
  ['app_*', [true, false], 'app_*'],
  ['a?p', [true, false], 'a?p'],
  ['${*}${?}', [false, false], '*?'],
  ['${aws:username}', [false, true], '${aws:username}'],
  ['${$}{aws:username}', [false, false], '${aws:username}'],
  ['*${$}{aws:username}', [true, false], '*${aws:username}'],
])('%s has wildcards and variables: %j', (text, has, plain) => {
  expect([hasWildcard(text), hasVariable(text)]).toEqual(has);
  expect(unescaped(text)).toBe(plain);
});
