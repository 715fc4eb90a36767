import { describe, expect, test } from '@jest/globals';
import type { SubjectAttribute } from '../model/judgement.ts';
import { absent, known, unknown } from '../model/value.ts';
import { fillPlaces, placesOf } from './fill-places.ts';

const origin = { address: 'aws_db_proxy.main', path: 'require_tls' };

describe('fillPlaces', () => {
  test.each<[string, SubjectAttribute, string]>([
    ['text', { kind: 'text', text: 'app' }, 'app'],
    [
      'a judgement',
      { kind: 'judgement', judgement: { holds: false, reason: 'TLS is off', origins: [origin], assumptions: [] } },
      'TLS is off',
    ],
    ['a known value', { kind: 'value', value: known(3306, origin) }, '3306'],
    ['false', { kind: 'value', value: known(false, origin) }, 'false'],
    ['an absent value', { kind: 'value', value: absent(origin) }, '(not set)'],
    ['an unknown value', { kind: 'value', value: unknown(origin) }, '(known after apply)'],
    ['a list', { kind: 'list', items: [{}, {}], complete: false }, '2 or more'],
  ])('writes %s', (_, attribute, words) => {
    expect(fillPlaces('<{{ it }}> {{it}}', { it: attribute })).toBe(`<${words}> ${words}`);
  });

  test('indents what comes in as its place is indented', () => {
    const text: SubjectAttribute = { kind: 'text', text: 'a {\n  b\n}' };
    expect(fillPlaces('Write:\n  {{it}}\nor {{it}}', { it: text })).toBe('Write:\n  a {\n    b\n  }\nor a {\n  b\n}');
  });

  test('takes text as it is: no place within it, no pattern of a replacement', () => {
    const text: SubjectAttribute = { kind: 'text', text: '$& {{other}} $1' };
    expect(fillPlaces('{{it}}', { it: text, other: { kind: 'text', text: 'no' } })).toBe('$& {{other}} $1');
  });

  test.each(['missing', 'constructor', '__proto__'])('says so when the subject has no %s', (name) => {
    expect(fillPlaces(`{{${name}}}`, {})).toBe('(not in view)');
  });

  test('leaves expressions of HCL alone', () => {
    expect(fillPlaces('$' + '{aws_db_proxy.main.arn} { a = {} }', {})).toBe('$' + '{aws_db_proxy.main.arn} { a = {} }');
  });
});

test('placesOf finds names and where they stand', () => {
  expect(placesOf('a {{b}} {{ c }}\n{{d e}}')).toEqual([
    { name: 'b', index: 4 },
    { name: 'c', index: 11 },
    { name: 'd e', index: 18 },
  ]);
});
