import { describe, expect, test } from '@jest/globals';
import { printable, printableJson } from './printable.ts';

describe('no build runner finds a command', () => {
  test.each([
    ['::error::x', ': :error::x'],
    ['a\t::set-env name=x::y', 'a\\u0009::set-env name=x::y'],
    ['a ::warning file=a::b', 'a : :warning file=a::b'],
    ['::error', ': :error'],
    ['a ::warning file=a', 'a : :warning file=a'],
    ['\ud800a\udc00', '\\ud800a\\udc00'],
    ['\u{1f600}', '\u{1f600}'],
    ['##[error]x', '# #[error]x'],
    ['a##vso[task.complete]', 'a# #vso[task.complete]'],
    ['##TeamCity[x]', '# #TeamCity[x]'],
    ['[[ATTACHMENT|/etc/passwd]]', '[ [ATTACHMENT|/etc/passwd]]'],
  ])('%s', (text, shown) => {
    expect(printable(text, { unicode: true })).toBe(shown);
  });

  test.each([
    ['::/0'],
    ['::1 and ::ffff:10.0.0.1'],
    ['a ::/0 and b::c'],
    ['arn:aws:iam::123456789012:role/a'],
    ['## Title'],
    ['x[[0]]'],
  ])('%s is none', (text) => {
    expect(printable(text, { unicode: true })).toBe(text);
  });

  test('JSON keeps the value', () => {
    const value = { '##[a]': '##vso[task] \\##teamcity[x] [[ATTACHMENT|x]]', lists: [['ATTACHMENT|']] };
    const json = printableJson(JSON.stringify(value));
    expect(json).not.toMatch(/##(?:vso|\[|teamcity)|\[\[ATTACHMENT/);
    expect(JSON.parse(json)).toEqual(value);
  });
});
