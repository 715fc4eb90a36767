import { describe, expect, test } from '@jest/globals';
import { parseExpression } from '../parse/parse.ts';
import type { Symbolic } from '../symbolic.ts';
import type { Expression } from '../syntax.ts';
import { asSensitive, attributeOf, failure, scalar, withPlace } from '../values.ts';
import { convert, parseType } from './convert.ts';
import { show, valueOf } from './functions/values.test-support.ts';

const typeOf = (text: string) => parseType(parseExpression(text).value);

/** Defaults in tests are literals, tuples and objects of them. */
const literal = (expression: Expression): Symbolic => {
  if (expression.kind === 'literal') return scalar(expression.value);
  if (expression.kind === 'tuple') return { kind: 'list', type: 'tuple', items: expression.items.map(literal) };
  if (expression.kind !== 'object') return failure(expression.kind);
  const entries = expression.items.map(({ key, value }) => [String(show(literal(key))), literal(value)] as const);
  return { kind: 'map', type: 'object', entries: new Map(entries) };
};

const converted = (value: string, type: string) => convert(valueOf(value), typeOf(type), literal);

describe('types', () => {
  test.each<[string, unknown]>([
    ['string', { kind: 'string' }],
    ['any', { kind: 'any' }],
    ['"list"', { kind: 'list', element: { kind: 'any' } }],
    ['map', { kind: 'map', element: { kind: 'any' } }],
    ['list(number)', { kind: 'list', element: { kind: 'number' } }],
    ['set(list(bool))', { kind: 'set', element: { kind: 'list', element: { kind: 'bool' } } }],
    ['tuple([string, number])', { kind: 'tuple', elements: [{ kind: 'string' }, { kind: 'number' }] }],
    ['nonsense', { kind: 'any' }],
    ['list()', { kind: 'any' }],
    ['object(string)', { kind: 'any' }],
    ['1 + 1', { kind: 'any' }],
  ])('%s', (text, expected) => {
    expect(typeOf(text)).toEqual(expected);
  });
});

describe('values', () => {
  test.each<[string, string, unknown]>([
    ['1', 'string', '1'],
    ['"1"', 'number', 1],
    ['"true"', 'bool', true],
    ['true', 'string', 'true'],
    ['"x"', 'number', '!'],
    ['[]', 'string', '!'],
    ['null', 'string', null],
    ['null', 'list(string)', null],
    ['x.name', 'string', '{y.name}'],
    ['x.name', 'object({ a = string })', '{y.name}'],
    ['"a${x.name}"', 'string', 'a{y.name}'],
    ['"1${x.name}"', 'number', '{?y.name}'],
    ['[1, "a", x.name]', 'list(string)', ['1', 'a', '{y.name}']],
    ['["b", "a", "b"]', 'set(string)', ['a', 'b']],
    ['[10, 9]', 'set(string)', ['10', '9']],
    ['[10, 9]', 'set(number)', [9, 10]],
    ['["a"]', 'list(number)', '!'],
    ['{ a = 1 }', 'list(any)', '!'],
    ['more', 'set(string)', ['a', '…']],
    ['{ a = 1, b = true }', 'map(string)', { a: '1', b: 'true' }],
    ['{ a = [] }', 'map(string)', '!'],
    ['[1, "a"]', 'tuple([string, string])', ['1', 'a']],
    ['[1]', 'tuple([string, string])', '!'],
    ['more', 'tuple([string])', '{?y.list}'],
    ['{ a = 1, b = 2 }', 'object({ a = string })', { a: '1' }],
    ['{}', 'object({ a = string })', '!'],
    ['{}', 'object({ a = optional(string) })', { a: null }],
    ['{}', 'object({ a = optional(string, 7) })', { a: '7' }],
    ['{ a = null }', 'object({ a = optional(string, "d") })', { a: 'd' }],
    ['{ a = null }', 'object({ a = string })', { a: null }],
    ['{ a = x.name }', 'object({ a = optional(string, "d") })', { a: '{y.name}' }],
    ['{}', 'object({ a = optional(object({ b = optional(number, 3) }), {}) })', { a: { b: 3 } }],
    ['{ a = {} }', 'object({ a = optional(object({ b = optional(number, 3) }), {}) })', { a: { b: 3 } }],
    ['{ k = {} }', 'map(object({ a = optional(bool, true) }))', { k: { a: true } }],
    ['[{}, { a = false }]', 'list(object({ a = optional(bool, true) }))', [{ a: true }, { a: false }]],
    ['rest', 'object({ a = string, z = string })', { a: 'b', z: '{?y.list}' }],
    ['rest', 'map(string)', { a: 'b', '…': '…' }],
    ['{ a = 1 }', 'any', { a: 1 }],
  ])('%s as %s', (value, type, expected) => {
    expect(show(converted(value, type))).toEqual(expected);
  });

  test('an instance gives the attributes that are asked for', () => {
    const instance: Symbolic = {
      kind: 'instance',
      attribute: (path) => attributeOf({ resource: 'aws_x.i', path }),
      names: () => [],
      complete: false,
      references: [],
    };
    expect(show(convert(instance, typeOf('object({ arn = string, port = optional(number, 1) })'), literal))).toEqual({
      arn: '{i.arn}',
      port: '{i.port}',
    });
    expect(convert(instance, typeOf('map(string)'), literal)).toBe(instance);
  });

  test('mark and place stay', () => {
    const place = { file: 'main.tf', line: 1, column: 1, endLine: 1, endColumn: 2 };
    const value = asSensitive(withPlace(scalar(1), place));
    expect(convert(value, typeOf('string'), literal)).toEqual({ kind: 'known', value: '1', sensitive: true, place });
  });
});
