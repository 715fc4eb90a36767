import { describe, expect, test } from '@jest/globals';
import { parseExpression } from '../parse/parse.ts';
import { isSensitive, nothing } from '../values.ts';
import { convert, parseType } from './convert.ts';
import { show, valueOf } from './functions/values.test-support.ts';

/** `{…}` with keys that are known after apply. */

const rows = (table: readonly (readonly [string, unknown])[]) =>
  test.each(table)('%s', (text, expected) => {
    expect(show(valueOf(text))).toEqual(expected);
  });

describe('one entry is one, whatever it is called', () => {
  rows([
    ['{ (x.name) = 1 }', { '{y.name}': 1 }],
    ['{ "${x.name}" = 1 }', { '{y.name}': 1 }],
    ['{ "a-${x.name}" = 1 }', { 'a-{y.name}': 1 }],
    ['length({ (x.name) = 1 })', 1],
    ['values({ (x.name) = { arn = p.arn } })', [{ arn: '{p.arn}' }]],
    ['keys({ (x.name) = 1 })', ['{y.name}']],
    ['one(values({ (x.name) = { arn = p.arn } })).arn', '{p.arn}'],
    ['values({ (x.name) = { arn = p.arn } })[*].arn', ['{p.arn}']],
    ['[for k, v in { (x.name) = { arn = p.arn } } : v.arn]', ['{p.arn}']],
    ['[for k, v in { (x.name) = 1 } : "${k}/${v}"]', ['{y.name}/1']],
    ['[for k, v in { (x.name) = 1 } : v if v == 2]', []],
    ['distinct([for v in { (x.name) = { arn = p.arn } } : v.arn])', ['{p.arn}']],
    ['{ for k, v in { (x.name) = 1 } : k => v + 1 }', { '{y.name}': 2 }],
    ['{ for k, v in { (x.name) = 1 } : "a" => v }', { a: 1 }],
    ['{ for v in ["a"] : x.name => v }', { '{y.name}': 'a' }],
    ['{ for v in ["a"] : x.name => v... }', { '{y.name}': ['a'] }],
    ['{ for k, v in { a = 1, b = 2 } : v => k if k == x.name }', { '…': '…' }],
    ['"%{ for k, v in { (x.name) = "b" } }${v};%{ endfor }"', 'b;'],
    ['toset(keys({ (x.name) = 1 }))', ['{y.name}']],
    ['tomap({ (x.name) = 1 })', { '{y.name}': 1 }],
    ['merge({}, { (x.name) = 1 })', { '{y.name}': 1 }],
    ['merge({ (x.name) = 1 }, null)', { '{y.name}': 1 }],
    ['merge({ (x.name) = 1 }, { (x.name) = 2 })', { '{y.name}': 2 }],
    ['try({ (x.name) = 1 }, 2)', { '{y.name}': 1 }],
    ['try({ (x.name) = {}.a }, 2)', 2],
    ['setproduct(keys({ (x.name) = 1 }), ["a"])', [['{y.name}', 'a']]],
    ['false ? {} : { (x.name) = 1 }', { '{y.name}': 1 }],
  ]);
});

describe('asking for an entry', () => {
  rows([
    ['{ (x.name) = 1 }[x.name]', 1],
    ['{ (x.name) = 1, (x.other) = 2 }[x.other]', '{?~y.name ~y.other}'],
    ['{ "a-${x.name}" = 1, "b-${x.name}" = 2 }["b-${x.name}"]', 2],
    ['{ (x.name) = 1 }["a"]', '{?y.name}'],
    ['lookup({ (x.name) = 1 }, "a", 2)', '{?y.name}'],
    ['{ "a-${x.name}" = 1 }["b"]', '!'],
    ['lookup({ "a-${x.name}" = 1 }, "b", 2)', 2],
    ['{ "a-${x.name}" = 1, b = 2 }.b', 2],
    ['try({ (x.name) = { arn = 1 } }.a.arn, 2)', '{?y.name}'],
    ['{ a = 1, (x.name) = 2 }.a', '{?y.name}'],
    ['{ (x.name) = 2, a = 1 }.a', 1],
    ['{ a = 1, (x.name) = 2, a = 3 }.a', 3],
    ['merge({ (x.name) = 2 }, { a = 1 }).a', 1],
    ['merge({ a = 1 }, { (x.name) = 2 }).a', '{?y.name}'],
  ]);
});

describe('of several, unknown keys may be the same', () => {
  rows([
    ['{ (x.name) = 1, (x.other) = 2 }', { '{y.name}': 1, '{y.other}': 2, '…': '…' }],
    ['{ (x.name) = 1, (x.name) = 2 }', { '{y.name}': 2 }],
    ['{ (some) = 1, (some) = 2 }', { '{~s.id}': 2, '…': '…' }],
    ['length({ (x.name) = 1, (x.other) = 2 })', '{?y.name y.other}'],
    ['length({ (x.name) = 1, a = 2 })', '{?y.name}'],
    ['[for v in { (x.name) = 1, a = 2 } : v]', [2, 1, '…']],
    ['values(merge({ (x.name) = 1 }, u))', ['{?var.u}', '…']],
    ['merge({ (x.name) = 1 }, rest)', { a: 'b', '{y.name}': '{?y.list}', '…': '…' }],
  ]);
});

describe('unless something in them differs: then only their order is not known', () => {
  rows([
    ['length({ "a-${x.name}" = 1, "b-${x.other}" = 2 })', 2],
    ['length({ "a-${x.name}" = 1, b = 2 })', 2],
    ['length(merge({ "a-${x.name}" = 1 }, { b = 2 }))', 2],
    ['keys({ "a-${x.name}" = 1, b = 2 })', ['b', 'a-{y.name}', '…']],
    ['[for v in { "a-${x.name}" = 1, b = 2 } : v]', [2, 1, '…']],
    ['length({ for k, v in { "a-${x.name}" = 1, b = 2 } : k => v })', 2],
    // Two equal keys are an error there.
    ['length({ for k, v in { a = x.name, b = x.other } : v => k })', 2],
    ['{ for k, v in { a = x.name, b = x.other } : v => k... }', { '…': '…' }],
    ['{ for k, v in { a = x.name, b = "c" } : v => k... }', { c: ['b', '…'], '…': '…' }],
  ]);
});

describe('what is no key is none', () => {
  rows([
    ['{ (null) = 1 }', { '…': '…' }],
    ['{ ([]) = 1 }', { '…': '…' }],
    ['{ ({}.a) = 1 }', { '…': '…' }],
  ]);
});

describe('equality', () => {
  rows([
    ['{ (x.name) = 1 } == { (x.name) = 1 }', '{?y.name}'],
    ['{ (x.name) = 1 } == { a = 1 }', '{?y.name}'],
    ['{ (x.name) = 1 } == "a"', false],
  ]);
});

describe('conversion', () => {
  test.each<[string, string, unknown]>([
    ['{ (x.name) = 1 }', 'map(string)', { '{y.name}': '1' }],
    ['{ (x.name) = 1 }', 'map(any)', { '{y.name}': 1 }],
    ['{ "a${x.name}" = 1, b = "c" }', 'map(any)', { b: 'c', 'a{y.name}': '1' }],
    [
      '{ (x.name) = { a = 1 } }',
      'map(object({ a = string, b = optional(bool) }))',
      { '{y.name}': { a: '1', b: null } },
    ],
    ['{ (x.name) = { b = 1 } }', 'map(object({ a = string }))', '!'],
    ['{ (x.name) = [] }', 'map(string)', '!'],
    ['{ (x.name) = "b" }', 'object({ a = string })', { a: '{?y.name}' }],
    ['{ "a-${x.name}" = "b" }', 'object({ a = string })', '!'],
    ['{ (x.name) = 1 }', 'list(number)', '!'],
  ])('%s to %s', (value, type, expected) => {
    const wanted = parseType(parseExpression(type).value);
    expect(show(convert(valueOf(value), wanted, () => nothing))).toEqual(expected);
  });
});

describe('marks', () => {
  test.each([
    ['{ (x.name) = secret }', true],
    ['{ (x.name) = secret }[x.name]', true],
    ['values({ (x.name) = secret })', true],
    ['[for v in { (x.name) = secret } : v]', true],
    ['{ for k, v in { (x.name) = secret } : k => v }', true],
    ['tomap({ (x.name) = secret })', true],
    ['merge({ (x.name) = secret }, {})', true],
    ['{ (sensitive(x.name)) = 1 }', true],
    ['values({ (sensitive(x.name)) = 1 })', true],
    ['keys(sensitive({ (x.name) = 1 }))', true],
    ['[for v in sensitive({ (x.name) = 1 }) : v]', true],
    ['{ (x.name) = 1 }[x.name]', false],
    ['[for k, v in { (x.name) = 1 } : v]', false],
  ])('%s', (text, expected) => {
    expect(isSensitive(valueOf(text))).toBe(expected);
  });
});

test('more keys than are compared', () => {
  const text = `{ ${Array.from({ length: 70 }, (_, at) => `"${at}-\${x.name}" = ${at}`).join(', ')} }`;
  expect(show(valueOf(`length(${text})`))).toBe('{?y.name}');
  expect(show(valueOf(text))).toMatchObject({ '0-{y.name}': 0, '69-{y.name}': 69, '…': '…' });
});
