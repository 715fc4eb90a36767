import { describe, expect, test } from '@jest/globals';
import { testVocabulary } from '../conditions.test-support.ts';
import { compileCondition } from './compile-condition.ts';

const faultsOf = (text: string) =>
  compileCondition(text, 'proxy', testVocabulary).faults.map(({ summary, index }) => `${index} ${summary}`);

describe('faults, each with its place', () => {
  test.each<[string, readonly string[]]>([
    ['proxy.a &&', ['10 This is not CEL: Unexpected token: EOF.']],
    ['proxy.a & proxy.b', ['8 This is not CEL: Unexpected character: &.']],
    ['proxy.engine == "my', ['16 This is not CEL: Unterminated string.']],
    ['proxy.aa', ['6 proxy has no attribute aa; did you mean a?']],
    ['proxy.colour', ['6 proxy has no attribute colour.']],
    ['proxy.constructor', ['6 proxy has no attribute constructor.']],
    ['prox.a', ['0 There is no prox here; did you mean proxy?']],
    ['database.a', ['0 There is no database here, only proxy.']],
    ['proxy', ['0 proxy is no condition by itself: name one of its attributes.']],
    ['a', ['0 There is no a here, only proxy.']],
    [
      'proxy.aa && proxi.b',
      ['6 proxy has no attribute aa; did you mean a?', '12 There is no proxi here; did you mean proxy?'],
    ],
    ['proxy.name', ['6 Expected a boolean here, not a string.']],
    ['proxy.a && 3', ['11 Expected a boolean here, not a number.']],
    ['!proxy.port', ['7 Expected a boolean here, not a number.']],
    ['null', ['0 Expected a boolean here, not null.']],
    ['proxy.port == "3306"', ['0 a number never equals a string.']],
    ['proxy.name in [1, "a"]', ['15 a string never equals a number.']],
    ['proxy.name < 3', ['0 a string never equals a number.']],
    [
      'proxy.a < true',
      ['6 Expected a number or text here, not a boolean.', '10 Expected a number or text here, not a boolean.'],
    ],
    ['proxy.name in proxy.engine', ['20 Expected a list like ["a", "b"] after in, or a parameter that is a list.']],
    ['proxy.port + 1 == 2', ['0 The operator + is not available in conditions.']],
    ['proxy["a"]', ['0 The operator [] is not available in conditions.']],
    [
      '{"a": 1} == {"a": 1}',
      ['0 The operator map is not available in conditions.', '12 The operator map is not available in conditions.'],
    ],
    ['-proxy.port == 1', ['0 Only a number can be negative.']],
    ['proxy.port == 9007199254740993', ['14 This number is too large to be exact.']],
    [
      'b"x" == b"x"',
      [
        '0 Conditions have text, numbers, true, false and null, and no other literals.',
        '8 Conditions have text, numbers, true, false and null, and no other literals.',
      ],
    ],
    ['proxy.auth', ['6 proxy.auth is a list: ask it with exists(), all() or size().']],
    ['proxy.auth.exists(x, x.redy)', ['23 x has no attribute redy; did you mean ready?']],
    ['proxy.auth.exists(x, y.ready)', ['21 There is no y here; did you mean x?']],
    ['proxy.auth.exists(x, x.user)', ['23 Expected a boolean here, not a string.']],
    [
      'proxy.auth.exists(x.ready, true)',
      ['20 This is not CEL: exists(var, predicate) invalid predicate iteration variable.'],
    ],
    ['proxy.a.exists(x, x.ready)', ['6 proxy.a is not a list.']],
    ['"abc".exists(x, x.ready)', ['0 Expected an attribute of the subject here.']],
    ['proxy.name.startWith("a")', ['0 startWith() is not available in conditions; did you mean startsWith?']],
    ['proxy.name.startsWith()', ['0 startsWith() does not take these arguments.']],
    ['proxy.name.startsWith(1)', ['22 Expected a string here, not a number.']],
    ['proxy.port.contains("1")', ['6 Expected a string here, not a number.']],
    ['proxy.name.matches("(")', ['19 This is not a regular expression.']],
    ['proxy.name.matches(proxy.engine)', ['25 matches() takes its pattern as literal text.']],
    ['size(proxy.port) == 1', ['11 Expected a string here, not a number.']],
    ['timestamp("x") == null', ['0 timestamp() is not available in conditions.']],
    ['proxy.auth.map(x, x.user) == null', ['0 map() is not available in conditions.']],
  ])('%s', (text, faults) => {
    expect(faultsOf(text)).toEqual(faults);
  });
});

describe('what is not three-valued', () => {
  test.each([
    ['proxy.auth.exists_one(x, x.ready)', 'exists_one()'],
    ['has(proxy.a)', 'has()'],
    ['has(proxy.port)', 'has()'],
    ['proxy.a ? true : false', '?:'],
    ['proxy.port == 1 ? true : false', '?:'],
    ['proxy.auth.all(x, x.ready) ? true : false', '?:'],
    ['size(proxy.auth) == 1 ? true : false', '?:'],
    ['(proxy.name == "x" ? proxy.a : proxy.b) ? true : false', '?:'],
  ])('%s is refused on what can be unknown', (text, construct) => {
    const { faults } = compileCondition(text, 'proxy', testVocabulary);
    expect(faults.map(({ summary }) => summary)).toEqual([
      `${construct} has no answer in three values for an attribute that can be unknown.`,
    ]);
    expect(faults[0]?.detail).toContain('exists()');
  });

  test.each(['has(proxy.name)', 'proxy.name == "x" ? proxy.a : proxy.b', 'size(proxy.name) > 3 ? true : proxy.a'])(
    '%s stands, because what it asks is always known',
    (text) => {
      expect(faultsOf(text)).toEqual([]);
    },
  );
});

test.each<[string, readonly string[]]>([
  ['proxy.a && (proxy.b || proxy.a)', ['a', 'b']],
  ['proxy.name == "x" || proxy.port == 1', []],
  ['proxy.auth.exists(x, x.ready) || proxy.b', ['b']],
])('%s reads the judgements %j', (text, names) => {
  expect([...compileCondition(text, 'proxy', testVocabulary).judgements]).toEqual(names);
});

test('without a vocabulary only the syntax is checked', () => {
  expect(compileCondition('anything.goes', '', null).faults).toEqual([]);
  expect(compileCondition('anything.', '', null).faults).toHaveLength(1);
});
